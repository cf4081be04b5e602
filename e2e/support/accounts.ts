import { SESSION_COOKIE } from '@doclight/protocol';
import { expect, type Page } from '@playwright/test';
import type { Product } from './product.js';

/** The accounts of the demo data: an owner, an editor, and a viewer who may not edit. */
export const LEELA = 'leela@doclight.test';
export const FRY = 'fry@doclight.test';
export const BENDER = 'bender@doclight.test';
/** The password of each. */
export const PASSWORD = 'doclight';

/** Signs in on the login page, as a person does, and waits for the dashboard. */
export async function signIn(page: Page, email: string, password: string = PASSWORD): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByLabel('Active users', { exact: true })).toBeVisible();
}

/**
 * Signs in by REST, without a page.
 * @returns the value of the session cookie
 * @throws Error where the answer is not 200 or sets no cookie
 */
export async function openSession(product: Product, email: string, password = PASSWORD): Promise<string> {
  const answer = await fetch(`${product.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: product.url },
    body: JSON.stringify({ email, password }),
  });
  if (answer.status !== 200) throw new Error(`Login of ${email}: ${answer.status} ${await answer.text()}`);
  for (const cookie of answer.headers.getSetCookie()) {
    const value = cookie.match(new RegExp(`^${SESSION_COOKIE}=([^;]+)`))?.[1];
    if (value) return value;
  }
  throw new Error(`Login of ${email} set no ${SESSION_COOKIE}.`);
}
