import { expect, type Page } from '@playwright/test';
import { openDashboard } from './dashboard.js';
import { expectKept, offers } from './drafts.js';
import { field, openEditor, typeAtEnd } from './editor.js';
import { choose } from './menu.js';
import type { Stage, Surface } from './surface.js';
import { historySurfaces } from './surfaces-history.js';
import { notificationSurfaces } from './surfaces-notifications.js';

const menu = (page: Page): Promise<void> => expect(page.getByRole('menu')).toBeVisible();

async function openWriting(page: Page, { quiet }: Stage): Promise<void> {
  await openEditor(page, quiet);
  await expect(field(page, 'Text')).not.toHaveText('');
}

async function toolMenu(page: Page, stage: Stage, name: string): Promise<void> {
  await openWriting(page, stage);
  await page.getByRole('toolbar').last().getByRole('button', { name, exact: true }).click();
}

/** Every page, and every dialog and menu on them, that a signed-in owner can see. */
export const surfaces: readonly Surface[] = [
  { name: 'dashboard', open: (page) => openDashboard(page) },
  {
    name: 'dashboard-list',
    open: async (page) => {
      await openDashboard(page);
      await page.getByRole('button', { name: 'Show as list' }).click();
      await expect(page.getByRole('button', { name: 'Show as grid' })).toBeVisible();
    },
  },
  {
    name: 'dashboard-nothing-found',
    open: async (page) => {
      await openDashboard(page);
      await page.getByRole('searchbox').fill('no such words anywhere');
      await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
    },
  },
  {
    name: 'card-menu',
    fleeting: true,
    open: async (page) => {
      await openDashboard(page);
      await page.getByRole('article').nth(3).getByRole('button', { name: 'More', exact: true }).click();
      await menu(page);
    },
  },
  {
    name: 'renaming',
    open: async (page) => {
      await openDashboard(page);
      await page.getByRole('article').nth(1).getByRole('link', { name: 'Read', exact: true }).focus();
      await page.keyboard.press('F2');
      await page.getByRole('textbox', { name: 'New title' }).fill('');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('article').getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'sort-menu',
    open: async (page) => {
      await openDashboard(page);
      await page.getByRole('button', { name: /^Sort:/ }).click();
      await menu(page);
    },
  },
  {
    name: 'who-is-here',
    open: async (page) => {
      await openDashboard(page);
      await page.getByRole('button', { name: 'Who is here' }).click();
      await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(3);
    },
  },
  {
    name: 'people-in-a-label',
    fleeting: true,
    open: async (page, { busy }) => {
      await page.goto(`/documents/${busy}`);
      await page.locator('[data-presence-label][data-status="edit"]').hover();
      await expect(page.getByText(/^editing/).last()).toBeVisible();
    },
  },
  {
    name: 'palette',
    open: async (page) => {
      await openDashboard(page);
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'theme-menu',
    open: async (page) => {
      await openDashboard(page);
      await page.getByRole('button', { name: 'Theme' }).click();
      await menu(page);
    },
  },
  {
    name: 'account-menu',
    open: async (page) => {
      await openDashboard(page);
      await page.getByRole('button', { name: 'Account' }).click();
      await menu(page);
    },
  },
  {
    name: 'members',
    open: async (page) => {
      await page.goto('/members');
      await page.getByRole('button', { name: 'Create link' }).click();
      await expect(page.getByLabel('Invitation link')).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Not accepted yet' })).toBeVisible();
    },
  },
  {
    name: 'role-menu',
    open: async (page) => {
      await page.goto('/members');
      await page.getByRole('button', { name: /^Role of Fry/ }).click();
      await menu(page);
    },
  },
  {
    name: 'remove-question',
    open: async (page) => {
      await page.goto('/members');
      await page.getByRole('button', { name: 'Remove Fry' }).click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
    },
  },
  {
    name: 'document',
    open: async (page, { busy }) => {
      await page.goto(`/documents/${busy}`);
      await expect(page.locator('[data-presence-label][data-status="edit"]')).toBeVisible();
    },
  },
  {
    name: 'document-menu',
    open: async (page, { quiet }) => {
      await page.goto(`/documents/${quiet}`);
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await menu(page);
    },
  },
  {
    name: 'delete-question',
    open: async (page, { quiet }) => {
      await page.goto(`/documents/${quiet}`);
      await choose(page, page.getByRole('button', { name: 'More', exact: true }), /^Delete/);
      await expect(page.getByRole('alertdialog')).toBeVisible();
    },
  },
  ...historySurfaces,
  ...notificationSurfaces,
  {
    name: 'unknown-document',
    open: async (page) => {
      await page.goto('/documents/no-such-thing');
      await expect(page.getByRole('heading', { name: 'There is no such document' })).toBeVisible();
    },
  },
  {
    name: 'unknown-page',
    open: async (page) => {
      await page.goto('/no/such/page');
      await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
    },
  },
  {
    name: 'new-document',
    open: async (page) => {
      await page.goto('/documents/new/edit');
      await expect(field(page, 'Text')).toBeVisible();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('alert').filter({ hasText: 'name' })).toBeVisible();
    },
  },
  { name: 'editor', open: openWriting },
  {
    name: 'editor-while-others-edit',
    open: async (page, { busy }) => {
      await openEditor(page, busy);
      await expect(page.locator('[data-presence-label][data-status="edit"]')).toBeVisible();
    },
  },
  {
    name: 'editor-source',
    open: async (page, stage) => {
      await toolMenu(page, stage, 'Markdown source');
      await expect(page.locator('textarea[aria-label="Text"]')).toBeVisible();
    },
  },
  {
    name: 'editor-headings',
    open: async (page, stage) => {
      await toolMenu(page, stage, 'Headings');
      await menu(page);
    },
  },
  {
    name: 'editor-link',
    open: async (page, stage) => {
      await toolMenu(page, stage, 'Link');
      await expect(page.getByRole('dialog', { name: 'Link' })).toBeVisible();
    },
  },
  {
    name: 'editor-slash-menu',
    open: async (page, stage) => {
      await openWriting(page, stage);
      await typeAtEnd(page, '/');
      await expect(page.getByRole('listbox', { name: 'Insert block' })).toBeVisible();
    },
  },
  {
    name: 'leave-question',
    open: async (page, stage) => {
      await openWriting(page, stage);
      await typeAtEnd(page, 'More.');
      await page.getByRole('link', { name: 'Back', exact: true }).click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
    },
  },
  {
    name: 'newer-revision',
    open: async (page, stage) => {
      await openWriting(page, stage);
      await typeAtEnd(page, 'More.');
      await stage.saveByOther();
      await expect(page.getByRole('button', { name: 'Merge now' })).toBeVisible();
    },
  },
  {
    name: 'merged',
    open: async (page, stage) => {
      await openWriting(page, stage);
      await typeAtEnd(page, 'More.');
      await stage.saveByOther();
      await page.getByRole('button', { name: 'Merge now' }).click();
      await expect(page.getByRole('button', { name: 'See what came in' })).toBeVisible();
    },
  },
  {
    name: 'conflict',
    open: async (page, stage) => {
      await openWriting(page, stage);
      const text = field(page, 'Text');
      await text.click();
      await text.press('Control+Home');
      await text.press('Shift+End');
      // The line that the other one saves anew, in words that have nothing in common with it.
      await page.keyboard.type('My own sentence, which is as long as sentences are.');
      await stage.saveByOther();
      await page.getByRole('button', { name: 'Merge now' }).click();
      await page.getByRole('button', { name: 'Edit by hand' }).first().click();
      await expect(page.getByRole('textbox', { name: /by hand$/ })).toBeVisible();
    },
  },
  {
    name: 'draft-offered',
    open: async (page, stage) => {
      await openWriting(page, stage);
      await typeAtEnd(page, 'Kept.');
      await expectKept(page, [/Kept\.\s*$/]);
      await page.goto('about:blank');
      await openWriting(page, stage);
      await expect(offers(page)).toBeVisible();
    },
  },
  {
    name: 'sign-out-question',
    open: async (page, stage) => {
      await openWriting(page, stage);
      await typeAtEnd(page, 'Kept.');
      await choose(page, page.getByRole('button', { name: 'Account' }), 'Sign out');
      await expect(page.getByRole('dialog', { name: 'Sign out with unsaved changes?' })).toBeVisible();
    },
  },
  {
    name: 'message',
    open: async (page, { saveByOther }) => {
      await openDashboard(page);
      await saveByOther();
      await expect(page.getByRole('listitem').filter({ hasText: 'saved' })).toBeVisible();
    },
  },
];

/** The pages of somebody who is not signed in, but for those of an empty install. */
export const openSurfaces: readonly Surface[] = [
  {
    name: 'login',
    open: async (page) => {
      await page.goto('/login');
      await page.getByLabel('Email', { exact: true }).fill('leela@doclight.test');
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByRole('alert').filter({ hasText: /password/i })).toBeVisible();
    },
  },
  {
    name: 'invitation-that-does-not-work',
    open: async (page) => {
      await page.goto('/invite/no-such-invitation');
      await expect(page.getByRole('heading', { name: 'This invitation does not work' })).toBeVisible();
    },
  },
];
