import { card, openDashboard } from '../support/dashboard.js';
import { expect, test } from '../support/test.js';

const paragraphs = Array.from({ length: 80 }, (_, at) => `Paragraph number ${at + 1} of a long text.`);

test('a newer revision is swapped in where one reads, and what one reads stays where it is', async ({
  leela,
  api,
  write,
}) => {
  const written = await write({ title: 'A long text', text: `${paragraphs.join('\n\n')}\n` });
  await leela.goto(`/documents/${written.slug}`);
  const middle = leela.getByText('Paragraph number 40 of');
  await middle.evaluate((paragraph) => paragraph.scrollIntoView({ block: 'center' }));
  const before = await middle.boundingBox();
  await leela.evaluate(() => document.body.setAttribute('data-same-page', ''));

  const added = ['First of three new ones.', 'Second of three new ones.', 'Third of three new ones.'];
  await api.save(written, { text: `${[...added, ...paragraphs].join('\n\n')}\n` });

  await expect(leela.getByText('First of three new ones.')).toBeAttached();
  await expect(leela.getByText('revision 2')).toBeAttached();
  const after = await middle.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(1);
  await expect(leela.locator('body[data-same-page]')).toHaveCount(1);
});

test('what somebody saves, creates or deletes shows on the dashboard by itself', async ({ leela, api }) => {
  await openDashboard(leela);
  const document = await api.create({ title: 'Here today' });
  try {
    await expect(card(leela, 'Here today')).toBeVisible();
    await api.save(document, { title: 'Here this week', abstract: 'It has moved.' });
    await expect(card(leela, 'Here this week')).toContainText('It has moved.');
    await expect(card(leela, 'Here today')).toHaveCount(0);
  } finally {
    await api.remove(document.id);
  }
  await expect(card(leela, 'Here this week')).toHaveCount(0);
});

test('a reader of a document that is deleted is told so', async ({ fry, api, write }) => {
  const document = await write({ title: 'Short-lived' });
  await fry.goto(`/documents/${document.slug}`);
  await expect(fry.getByRole('heading', { name: 'Short-lived' })).toBeVisible();
  await api.remove(document.id);
  await expect(fry.getByRole('heading', { name: 'Short-lived was deleted' })).toBeVisible();
});
