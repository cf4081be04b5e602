import type { Locator, Page } from '@playwright/test';
import { BENDER, FRY } from '../support/accounts.js';
import { colourOf } from '../support/dashboard.js';
import { openEditor, save, typeAtEnd } from '../support/editor.js';
import { expect, test } from '../support/test.js';

const bar = (page: Page): Locator => page.getByRole('group', { name: 'Who is here' });

test('the editor says who else is editing, and what they have not saved, before one types', async ({
  leela,
  fry,
  enter,
  write,
}) => {
  const { slug } = await write({ title: 'Not alone', text: 'Before.' });
  await openEditor(leela, slug);
  await expect(bar(leela)).toContainText('Nobody else is here');
  const bender = await enter(BENDER);
  await bender.goto(`/documents/${slug}`);
  await expect(bar(leela)).toContainText('Bender has just begun reading');
  expect(await colourOf(bar(leela))).not.toBe('red');

  await openEditor(fry, slug);
  await expect(bar(leela)).toContainText('Fry has just begun editing');
  await expect(bar(leela)).not.toContainText('unsaved');
  await expect.poll(() => colourOf(bar(leela))).toBe('red');

  await typeAtEnd(fry, 'Typed by Fry.');
  await expect(bar(leela)).toContainText('has unsaved changes');
  await save(fry);
  await expect(bar(leela)).not.toContainText('unsaved');
  await expect(bar(leela)).toContainText('Fry has just begun editing');

  await test.step('on a phone too', async () => {
    await leela.setViewportSize({ width: 360, height: 740 });
    await expect(bar(leela).getByText('Fry has just begun editing')).toBeVisible();
  });
});

test('the editor says since when somebody edits, and that they are away', async ({
  leela,
  connect,
  write,
}) => {
  const { id, slug } = await write({ title: 'Left open', text: 'Before.' });
  const fry = await connect(FRY);
  const set = (attention: 'active' | 'idle' | 'hidden', unsaved: boolean): Promise<unknown> =>
    fry.emitWithAck('presence:set', { documentId: id, phase: 'edit', attention, unsaved });
  await set('active', false);
  await leela.clock.install();
  await openEditor(leela, slug);
  await expect(bar(leela)).toContainText('Fry has just begun editing');
  await set('idle', true);
  await expect(bar(leela)).toContainText('has unsaved changes and is idle now');
  await set('hidden', false);
  await expect(bar(leela)).toContainText('is in another tab now');
  await leela.clock.fastForward('12:30');
  await expect(bar(leela)).toContainText('Fry has been editing for 12 min and is in another tab now');
});

test('far down in a long document one is told as well, and nothing moves', async ({
  leela,
  fry,
  api,
  write,
}) => {
  const text = Array.from({ length: 80 }, (_, index) => `Paragraph ${index}.`).join('\n\n');
  const document = await write({ title: 'Long', text });
  await openEditor(leela, document.slug);
  await typeAtEnd(leela, 'Typed by Leela.');
  const strip = leela.getByRole('region', { name: 'Meanwhile' });
  const last = leela.getByText('Typed by Leela.');
  await expect(last).toBeInViewport();
  const place = await last.boundingBox();
  await expect(strip).toHaveCount(0);

  await openEditor(fry, document.slug);
  await expect(strip).toContainText('Fry has just begun editing');
  expect(await last.boundingBox()).toEqual(place);

  await api.save(document, { text: `First of all.\n\n${text}` });
  await expect(strip).toContainText('Leela saved revision 2 meanwhile');
  await strip.getByRole('button', { name: 'Show' }).click();
  await expect(leela.getByRole('region', { name: 'A newer revision' })).toBeInViewport();
  await expect(strip).toHaveCount(0);
});
