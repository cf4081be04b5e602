import { LEELA, signIn } from '../support/accounts.js';
import { expect, test } from '../support/test.js';

test('Leela signs in on the login page and sees the documents', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/login/);
  await signIn(page, LEELA);
  await expect(page.getByLabel('Active users', { exact: true })).toHaveText('1');
  await expect(page.getByRole('article').first()).toHaveAttribute('data-status', 'free');
});

test('a wrong password is refused in words', async ({ page }) => {
  await page.goto('/login');
  await page.getByLabel('Email', { exact: true }).fill(LEELA);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: /password/i })).toBeVisible();
  await expect(page).toHaveURL(/\/login/);
});
