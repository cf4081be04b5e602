import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Folder that a picture of everything that is checked is put into; nowhere where it is not set. */
const PICTURES = process.env.DOCLIGHT_PICTURES;

const WIDE = { width: 1280, height: 800 };
/** The narrowest screen the product promises to work on. */
const NARROW = { width: 360, height: 740 };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

type Theme = 'light' | 'dark';

/**
 * Checks what a page shows now: in both themes, and at 360 pixels, no violation of WCAG 2.1 AA that axe finds, and
 * nothing that scrolls sideways. Leaves the page wide and dark.
 * @param again brings it there again, for what goes away when the window is resized
 */
export async function expectGoodLook(page: Page, name: string, again?: () => Promise<void>): Promise<void> {
  await resize(page, name, NARROW, again);
  await expectGood(page, name, 'light', NARROW);
  // Dark and narrow has no rule of its own: the colours are those of dark and wide. It is for the eye.
  if (PICTURES) await showTheme(page, 'dark').then(() => picture(page, name, 'dark', NARROW));
  await resize(page, name, WIDE, again);
  await expectGood(page, name, 'light', WIDE);
  await expectGood(page, name, 'dark', WIDE, ['color-contrast']);
}

type Size = typeof WIDE;

async function resize(page: Page, name: string, size: Size, again?: () => Promise<void>): Promise<void> {
  await page.setViewportSize(size);
  await again?.();
  const tooWide = (): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await expect.poll(tooWide, `${name} is wider than ${size.width} pixels`).toBeLessThanOrEqual(0);
}

/** @param rules those that the theme has a say in, where all others have been looked at in the other one */
async function expectGood(
  page: Page,
  name: string,
  theme: Theme,
  size: Size,
  rules?: readonly string[],
): Promise<void> {
  await showTheme(page, theme);
  expect.soft(await violations(page, rules), `${name}, ${theme}, ${size.width} wide`).toEqual([]);
  if (PICTURES) await picture(page, name, theme, size);
}

function picture(page: Page, name: string, theme: Theme, { width }: Size): Promise<unknown> {
  return page.screenshot({ path: join(PICTURES ?? '', `${name}-${theme}-${width}.png`) });
}

/** Puts the page into a theme, and waits for whatever fades: a colour on its way is none of the product's. */
export async function showTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations: found } = await (rules ? axe.withRules([...rules]) : axe.withTags(TAGS))
    // The other mode opens a tab for each look; frames of other origins, which need it, there are none.
    .setLegacyMode()
    // They hand the focus on to where it belongs: nobody ever stays on one.
    .exclude('[data-base-ui-focus-guard]')
    .analyze();
  return found
    .map(({ id, nodes }) => ({ id, nodes: nodes.filter((node) => !isListOfEditor(id, node.html)) }))
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`);
}

/** The list of blocks is scrolled by the arrow keys, which stay in the editor: nothing in it takes the focus. */
function isListOfEditor(rule: string, html: string): boolean {
  return rule === 'scrollable-region-focusable' && /role="listbox" aria-label="Insert block"/.test(html);
}
