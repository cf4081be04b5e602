import { expect, type Locator, type Page } from '@playwright/test';

/** The bell; its name tells how many notices are unread. */
export const bell = (page: Page): Locator => page.getByRole('button', { name: /^Notifications/ });

/** What the bell opens. */
export const centre = (page: Page): Locator => page.getByRole('dialog', { name: 'Notifications' });

/** The notices in it, newest first. */
export const notices = (page: Page): Locator =>
  centre(page).getByRole('list', { name: 'Notifications' }).getByRole('listitem');

/** Waits until that many are unread; none: the bell says no number. */
export async function expectUnread(page: Page, count: number): Promise<void> {
  await expect(bell(page)).toHaveAccessibleName(
    count === 0 ? 'Notifications' : `Notifications, ${count} unread`,
  );
}
