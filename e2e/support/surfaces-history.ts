import { expect, type Page } from '@playwright/test';
import type { Stage, Surface } from './surface.js';

/** One change, in the detail that a phone shows in place of the list. */
async function openChange(page: Page, { quiet, saveByOther }: Stage): Promise<void> {
  await saveByOther();
  await page.goto(`/documents/${quiet}/history?revision=1&against=current`);
  await expect(page.getByRole('region', { name: 'Changes in the text' })).toBeVisible();
}

/** The history of a document, and the dialogs and menus on it. */
export const historySurfaces: readonly Surface[] = [
  {
    name: 'history',
    open: async (page, { quiet, saveByOther }) => {
      await saveByOther();
      await page.goto(`/documents/${quiet}/history`);
      await expect(page.getByRole('navigation', { name: 'Revisions' })).toBeVisible();
    },
  },
  { name: 'history-change', open: openChange },
  {
    name: 'history-side-by-side',
    open: async (page, stage) => {
      await openChange(page, stage);
      await page.getByRole('button', { name: 'Side by side' }).click();
    },
  },
  {
    name: 'history-compare-menu',
    open: async (page, stage) => {
      await openChange(page, stage);
      await page.getByRole('button', { name: /^Compared with/ }).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'restore-question',
    open: async (page, { quiet, saveByOther }) => {
      await saveByOther();
      await page.goto(`/documents/${quiet}/history?revision=1`);
      await page.getByRole('button', { name: 'Restore this revision' }).click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
    },
  },
];
