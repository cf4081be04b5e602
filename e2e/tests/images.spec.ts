import { Buffer } from 'node:buffer';
import type { Locator } from '@playwright/test';
import { card, openDashboard } from '../support/dashboard.js';
import { openEditor } from '../support/editor.js';
import { expect, test } from '../support/test.js';

/** A red square of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

/** What the browser chose to show, and whether it is there. */
const shown = (image: Locator): Promise<string> =>
  image.evaluate((element: HTMLImageElement) =>
    element.complete && element.naturalWidth > 0 ? new URL(element.currentSrc).pathname : 'nothing yet',
  );

test('a photograph is swapped for a small one on every open dashboard, without a reload', async ({
  leela,
  fry,
  api,
  write,
}) => {
  const document = await write({ title: 'Photographed' });
  await openDashboard(fry);
  const loaded: string[] = [];
  fry.on('framenavigated', () => loaded.push(fry.url()));
  await openEditor(leela, document.slug);
  const photograph = Buffer.from(
    await leela.evaluate(async () => {
      const canvas = new OffscreenCanvas(2_400, 1_600);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('there is no canvas');
      const colours = context.createLinearGradient(0, 0, 2_400, 1_600);
      colours.addColorStop(0, 'teal');
      colours.addColorStop(1, 'orange');
      context.fillStyle = colours;
      context.fillRect(0, 0, 2_400, 1_600);
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
    }),
  );
  const chooser = leela.waitForEvent('filechooser');
  await leela.getByRole('button', { name: 'Add image', exact: true }).click();
  await (await chooser).setFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photograph });
  const onCard = card(fry, 'Photographed').locator('img');
  await expect.poll(() => shown(onCard)).toMatch(/^\/api\/images\/[^/]+\/thumbnails\/(480|960)$/);
  expect(loaded).toEqual([]);
  const { imageUrl, thumbnails, revision } = await api.read(document.id);
  expect([revision, thumbnails.map(({ width }) => width)]).toEqual([2, [480, 960]]);
  // The page of the document shows the image itself.
  await fry.goto(`/documents/${document.slug}`);
  await expect.poll(() => shown(fry.getByRole('main').locator('img'))).toBe(imageUrl);
});

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
  await expect(onCard).toHaveJSProperty('complete', true);
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
