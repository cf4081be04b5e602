import { BENDER } from '../support/accounts.js';
import { openApi } from '../support/api.js';
import { openDashboard } from '../support/dashboard.js';
import { expect, test } from '../support/test.js';

test('a viewer reads, and is offered nothing that changes a document', async ({ enter, write }) => {
  const document = await write({ title: 'Look, do not touch', text: 'Only to be read.' });
  const bender = await enter(BENDER);
  await openDashboard(bender);
  await expect(bender.getByRole('article').first()).toBeVisible();
  await expect(bender.getByRole('link', { name: 'Edit', exact: true })).toHaveCount(0);
  await expect(bender.getByRole('button', { name: 'New document', exact: true })).toHaveCount(0);
  await bender.keyboard.press('Control+k');
  await expect(bender.getByRole('option', { name: 'All documents' })).toBeVisible();
  await expect(bender.getByRole('option', { name: 'New document' })).toHaveCount(0);

  await bender.goto(`/documents/${document.slug}`);
  await expect(bender.getByText('Only to be read.')).toBeVisible();
  await expect(bender.getByRole('link', { name: 'Edit', exact: true })).toHaveCount(0);
  await bender.getByRole('button', { name: 'More', exact: true }).click();
  await expect(bender.getByRole('menuitem')).toHaveText(['History']);
});

test('a viewer who goes to an edit page is led back, and nobody sees them edit', async ({
  leela,
  enter,
  write,
}) => {
  const document = await write({ title: 'Sneaked into', text: 'Only to be read.' });
  const bender = await enter(BENDER);
  await openDashboard(leela);
  await bender.goto(`/documents/${document.slug}/edit`);
  await expect(bender).toHaveURL(new RegExp(`/documents/${document.slug}$`));
  await expect(bender.getByText('Only to be read.')).toBeVisible();
  await expect(bender.getByText('You may look at this document, but not change it.')).toBeVisible();
  await expect(leela.getByRole('article', { name: 'Sneaked into' })).toHaveAttribute('data-status', 'read');
  await bender.goto('/documents/new/edit');
  await expect(bender).toHaveURL(/\/$/);
  await expect(bender.getByText('Viewers cannot write documents.')).toBeVisible();
});

test('a viewer’s changes are refused by the server too', async ({ product, write }) => {
  const document = await write({ title: 'Guarded' });
  const bender = await openApi(product, BENDER);
  expect((await bender.send('DELETE', `/api/documents/${document.id}`)).status).toBe(403);
  await expect(bender.save(document, { text: 'By Bender.' })).rejects.toThrow('403');
  await expect(bender.create({ title: 'By Bender' })).rejects.toThrow('403');
});
