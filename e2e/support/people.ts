import { newInvitationSchema, type Role, routes } from '@doclight/protocol';
import { expect, type Page } from '@playwright/test';
import { type Api, openApi } from './api.js';
import type { Product } from './product.js';

/** Somebody who comes by an invitation. */
export interface Newcomer {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Makes an invitation link by REST, as the owner. */
export async function invite(owner: Api, role: Role): Promise<string> {
  const answer = await owner.send('POST', `/api/workspaces/${owner.workspaceId}/invitations`, { role });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return newInvitationSchema.parse(await answer.json()).url;
}

/** Accepts an invitation link on its page, with a new account, and waits for the dashboard. */
export async function accept(page: Page, link: string, newcomer: Newcomer): Promise<void> {
  await page.goto(new URL(link).pathname);
  await page.getByLabel('Name', { exact: true }).fill(newcomer.name);
  await page.getByLabel('Email', { exact: true }).fill(newcomer.email);
  await page.getByLabel('Password', { exact: true }).fill(newcomer.password);
  await page.getByRole('button', { name: 'Create account and join' }).click();
  await expect(page.getByRole('heading', { name: 'Documents', level: 1 })).toBeVisible();
}

/** Takes somebody out of the workspace by REST, as the owner; who is not in it stays out. */
export async function takeOut(owner: Api, email: string): Promise<void> {
  const path = `/api/workspaces/${owner.workspaceId}/members`;
  const { answer } = routes['GET /api/workspaces/:workspaceId/members'];
  const { members } = answer.parse(await (await owner.send('GET', path)).json());
  const member = members.find((one) => one.email === email);
  if (member) await owner.send('DELETE', `${path}/${member.user.id}`);
}

/** Makes an editor by REST, whom no other test knows: what they do is counted and folded with nothing else. */
export async function makeEditor(
  product: Product,
  owner: Api,
  { name, email, password }: Newcomer,
): Promise<Api> {
  const token = new URL(await invite(owner, 'editor')).pathname.split('/').at(-1);
  const answer = await fetch(`${product.url}/api/invitations/${token}/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: product.url },
    body: JSON.stringify({ name, email, password }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return openApi(product, email, password);
}
