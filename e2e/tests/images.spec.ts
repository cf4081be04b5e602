import { Buffer } from 'node:buffer';
import { card, openDashboard } from '../support/dashboard.js';
import { openEditor } from '../support/editor.js';
import { expect, test } from '../support/test.js';

/** A red square of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

test('an image is added, shown to everybody, replaced and removed', async ({ leela, fry, api, write }) => {
  const document = await write({ title: 'Illustrated' });
  await openDashboard(fry);
  await openEditor(leela, document.slug);
  const choose = async (button: string): Promise<void> => {
    const chooser = leela.waitForEvent('filechooser');
    await leela.getByRole('button', { name: button, exact: true }).click();
    await (await chooser).setFiles({ name: 'red.png', mimeType: 'image/png', buffer: PNG });
  };
  await choose('Add image');
  const image = leela.getByRole('main').locator('img');
  await expect(image).toHaveJSProperty('naturalWidth', 1);
  const onCard = card(fry, 'Illustrated').locator('img');
  await expect(onCard).toHaveJSProperty('naturalWidth', 1);
  const first = await api.read(document.id);
  expect(first).toMatchObject({ revision: 2, imageUrl: expect.stringMatching(/^\/api\/images\//) });

  await choose('Replace image');
  await expect(image).not.toHaveAttribute('src', first.imageUrl ?? '');
  await leela.getByRole('button', { name: 'Remove image', exact: true }).click();
  await expect(image).toHaveCount(0);
  await expect(onCard).toHaveCount(0);
  await expect(leela.getByRole('button', { name: 'Add image', exact: true })).toBeVisible();
  expect(await api.read(document.id)).toMatchObject({ revision: 4, imageUrl: null });
});

test('a file that is no image is refused in words, and changes nothing', async ({ leela, api, write }) => {
  const document = await write({ title: 'No picture' });
  await openEditor(leela, document.slug);
  const chooser = leela.waitForEvent('filechooser');
  await leela.getByRole('button', { name: 'Add image', exact: true }).click();
  await (await chooser).setFiles({
    name: 'a.png',
    mimeType: 'image/png',
    buffer: Buffer.from('not a picture'),
  });
  await expect(leela.getByRole('listitem').filter({ hasText: /image/i })).toBeVisible();
  expect(await api.read(document.id)).toMatchObject({ revision: 1, imageUrl: null });
});
