import { openDashboard } from '../support/dashboard.js';
import { offers } from '../support/drafts.js';
import { field, openEditor, save, typeAtEnd } from '../support/editor.js';
import { expect, test } from '../support/test.js';

test('links, the palette and the back button ask before unsaved changes are left, and they are offered again', async ({
  leela,
  api,
  write,
}) => {
  const document = await write({ title: 'Unfinished' });
  await openDashboard(leela);
  await leela.getByRole('article', { name: 'Unfinished' }).getByRole('link', { name: 'Edit' }).click();
  await expect(field(leela, 'Text')).toBeVisible();
  await typeAtEnd(leela, 'Not saved.');
  const question = leela.getByRole('alertdialog', { name: 'Leave with unsaved changes?' });
  const stay = async (): Promise<void> => {
    await question.getByRole('button', { name: 'Keep writing' }).click();
    await expect(question).toHaveCount(0);
    await expect(field(leela, 'Text')).toContainText('Not saved.');
    await expect(leela).toHaveURL(/\/edit$/);
  };

  await leela.getByRole('link', { name: 'Back', exact: true }).click();
  await stay();
  await leela.keyboard.press('Control+k');
  await leela.getByRole('option', { name: 'All documents' }).click();
  await stay();
  await leela.evaluate(() => history.back());
  await stay();
  await leela.getByRole('link', { name: 'Back', exact: true }).click();
  await question.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(leela).toHaveURL(new RegExp(`/documents/${document.slug}$`));
  expect((await api.read(document.id)).revision).toBe(1);
  await leela.getByRole('link', { name: 'Edit', exact: true }).click();
  await offers(leela).getByRole('button', { name: 'Restore' }).click();
  await expect(field(leela, 'Text')).toContainText('Not saved.');
});

test('closing the tab asks while something is unsaved, and no longer when it is saved', async ({
  leela,
  write,
}) => {
  const document = await write({ title: 'Closed too soon' });
  await openEditor(leela, document.slug);
  await typeAtEnd(leela, 'Not saved.');
  const asked = leela.waitForEvent('dialog');
  await leela.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(field(leela, 'Text')).toContainText('Not saved.');
  await save(leela);
  const closed = leela.waitForEvent('close');
  await leela.close({ runBeforeUnload: true });
  await closed;
});
