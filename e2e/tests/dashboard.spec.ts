import { fileURLToPath } from 'node:url';
import { BENDER } from '../support/accounts.js';
import { card, expectLight, openDashboard } from '../support/dashboard.js';
import { openEditor, typeAtEnd } from '../support/editor.js';
import { showTheme } from '../support/look.js';
import { expect, test } from '../support/test.js';

/** Where the README's pictures are, and whether this run makes them anew: only when asked, as each differs a little. */
const PICTURES = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const wanted = process.env.DOCLIGHT_SCREENSHOTS === 'true';
/** The README is read on slow connections too. */
const MOST_BYTES = 200_000;
/** Every demo document is then five minutes old, whichever second it was made in. */
const LATER_MS = 5.5 * 60_000;

test('the dashboard shows all three lights at once, with who is there, in light and dark', async ({
  leela,
  fry,
  enter,
  api,
}) => {
  const bender = await enter(BENDER);
  const slugOf = async (title: string): Promise<string> => {
    await openDashboard(leela);
    const href = await card(leela, title)
      .getByRole('link', { name: 'Read', exact: true })
      .getAttribute('href');
    return href?.split('/').at(-1) ?? '';
  };
  const budget = await slugOf('Budget 2027');
  const manual = await slugOf('Ship manual');
  const { updatedAt } = await api.read(budget);
  await leela.clock.setFixedTime(Date.parse(updatedAt) + LATER_MS);
  await leela.setViewportSize({ width: 1280, height: 720 });

  await openEditor(fry, budget);
  await typeAtEnd(fry, 'Paint is cheap.');
  await bender.goto(`/documents/${manual}`);
  await openDashboard(leela);
  await expectLight(card(leela, 'Budget 2027'), 'edit', 'Editing · Fry');
  await expectLight(card(leela, 'Ship manual'), 'read', 'Reading · Bender');
  await expectLight(card(leela, 'Safety rules'), 'free', 'Free');
  await expect(leela.getByRole('button', { name: /^Being edited/ })).toHaveText('Being edited1');
  await expect(leela.getByRole('button', { name: /^Being read/ })).toHaveText('Being read1');
  await expect(card(leela, 'Budget 2027').getByTitle('Unsaved changes')).toBeVisible();
  await expect(card(leela, 'Budget 2027')).toContainText('edited 5 min ago by Leela');

  for (const theme of ['light', 'dark'] as const) {
    await showTheme(leela, theme);
    const picture = await leela.screenshot(
      wanted ? { path: `${PICTURES}dashboard-${theme}.png`, scale: 'css' } : { scale: 'css' },
    );
    expect(picture.byteLength).toBeLessThan(MOST_BYTES);
  }
});
