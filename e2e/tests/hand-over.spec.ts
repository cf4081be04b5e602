import type { Locator, Page } from '@playwright/test';
import { BENDER, FRY, LEELA } from '../support/accounts.js';
import { openApi } from '../support/api.js';
import { card, expectLight, openDashboard, recordLights } from '../support/dashboard.js';
import { expectSaveState, field, openEditor, save, typeAtEnd } from '../support/editor.js';
import { expectGoodLook } from '../support/look.js';
import { expect, test } from '../support/test.js';

const ask = (page: Page): Locator => page.getByRole('button', { name: 'Ask to edit', exact: true });
const request = (page: Page): Locator => page.getByRole('region', { name: 'Request to edit', exact: true });
const paused = (page: Page): Locator => page.getByRole('region', { name: 'Paused', exact: true });
const press = (scope: Locator, name: string): Promise<void> =>
  scope.getByRole('button', { name, exact: true }).click();

test('who edits accepts: their work is saved, and it is never free in between', async ({
  leela,
  fry,
  enter,
  api,
  write,
}) => {
  const plan = await write({ title: 'Handed over', text: 'Before.' });
  const bender = await enter(BENDER);
  await openDashboard(bender);
  await openEditor(fry, plan.slug);
  await typeAtEnd(fry, 'Typed by Fry.');
  await leela.goto(`/documents/${plan.slug}`);
  await expectLight(leela, 'edit', 'Editing · Fry');
  await expectLight(card(bender, plan.title), 'edit', 'Editing · Fry');
  const lights = await recordLights(bender, plan.title);

  await ask(leela).click();
  await expect(leela.getByText('Waiting for Fry…')).toBeVisible();
  await expect(request(fry).getByRole('alert')).toHaveText('Leela asks to edit');
  await expectGoodLook(leela, 'hand-over-waiting');
  await expectGoodLook(fry, 'hand-over-asked');
  await press(request(fry), 'Accept and hand over');

  await expect(leela).toHaveURL(new RegExp(`/documents/${plan.slug}/edit$`));
  await expect(field(leela, 'Text')).toContainText('Typed by Fry.');
  await expect(fry).toHaveURL(new RegExp(`/documents/${plan.slug}$`));
  await expect(fry.getByText('Typed by Fry.')).toBeVisible();
  await expectLight(fry, 'edit', 'Editing · Leela');
  await expectLight(card(bender, plan.title), 'edit', 'Editing · Leela');
  expect((await lights.all()).filter((light) => light === 'free')).toEqual([]);
  await typeAtEnd(leela, 'Then by Leela.');
  await save(leela);
  expect(await api.read(plan.id)).toMatchObject({
    revision: 3,
    text: 'Before.\n\nTyped by Fry.\n\nThen by Leela.',
  });
  await expect(fry.getByText('Then by Leela.')).toBeVisible();
});

test('who edits declines, or is asked no more', async ({ leela, fry, write }) => {
  const plan = await write({ title: 'Declined', text: 'Before.' });
  await openEditor(fry, plan.slug);
  await typeAtEnd(fry, 'Typed by Fry.');
  await leela.goto(`/documents/${plan.slug}`);
  await ask(leela).click();
  await press(request(fry), 'Not now');
  await expect(request(fry)).toHaveCount(0);
  await expect(leela.getByText('Fry: not now')).toBeVisible();

  await leela.getByRole('button', { name: 'Ask again', exact: true }).click();
  await expect(request(fry)).toBeVisible();
  // A reload forgets neither the question nor who asked.
  await leela.reload();
  await leela.getByRole('button', { name: 'Cancel the request' }).click();
  await expect(request(fry)).toHaveCount(0);
  await expect(ask(leela)).toBeVisible();

  await ask(leela).click();
  await expect(request(fry)).toBeVisible();
  await leela.goto('/');
  await expect(request(fry)).toHaveCount(0);
  await expectSaveState(fry, 'unsaved');
  await expect(field(fry, 'Text')).toContainText('Typed by Fry.');
});

test('what cannot be saved is not handed over', async ({ leela, fry, api, write }) => {
  const plan = await write({ title: 'Not handed over', text: 'Before.' });
  await openEditor(fry, plan.slug);
  await typeAtEnd(fry, 'Typed by Fry.');
  await leela.goto(`/documents/${plan.slug}`);
  await ask(leela).click();
  await fry.route(`**/api/documents/${plan.id}`, async (route) => {
    if (route.request().method() !== 'PUT') return route.fallback();
    return route.fulfill({ status: 503, json: { code: 'NOT_READY', detail: 'Come back later.' } });
  });
  await press(request(fry), 'Accept and hand over');
  await expect(request(fry)).toContainText('Nothing was handed over to Leela');
  await expect(leela.getByText('Waiting for Fry…')).toBeVisible();
  await typeAtEnd(fry, 'And more.');
  expect((await api.read(plan.id)).revision).toBe(1);

  await fry.unroute(`**/api/documents/${plan.id}`);
  await press(request(fry), 'Accept and hand over');
  await expect(field(leela, 'Text')).toContainText('And more.');
});

/** Makes a page believe that it is hidden, as one behind another tab is, or in sight again. */
async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    hidden ? 'hidden' : 'visible',
  );
}

test('who is away for long is warned and taken over, and keeps what they typed', async ({
  startFresh,
  enter,
}) => {
  // It starts a product of its own, and waits for two warnings to run out.
  test.setTimeout(240_000);
  const product = await startFresh({
    env: { TAKE_OVER_IDLE_SECONDS: '1', TAKE_OVER_WARNING_SECONDS: '5' },
  });
  const api = await openApi(product, LEELA);
  const plan = await api.create({ title: 'Taken over', text: 'Before.' });
  const [leela, fry] = [await enter(LEELA, {}, product), await enter(FRY, {}, product)];
  /** What the server tells of requests and leases gets lost on the way to Fry. */
  let deaf = false;
  await fry.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (!deaf || !/"edit:(lease|request)"/.test(String(message))) socket.send(message);
    });
  });
  await openEditor(fry, plan.slug);
  await typeAtEnd(fry, 'Typed by Fry.');
  await leela.goto(`/documents/${plan.slug}`);
  await expect(ask(leela)).toBeVisible();
  const takeOver = leela.getByRole('button', { name: 'Take over', exact: true });

  // Back in time: asked instead.
  await hide(fry, true);
  await takeOver.click();
  await expect(request(fry).getByRole('alert')).toHaveText('Leela is about to take over');
  await hide(fry, false);
  await expect(request(fry).getByRole('alert')).toHaveText('Leela asks to edit');
  await expect(leela.getByText('Waiting for Fry…')).toBeVisible();
  await press(request(fry), 'Not now');

  await hide(fry, true);
  await takeOver.click();
  await expect(leela.getByText('Taking over from Fry')).toBeVisible();
  await expect(leela).toHaveURL(/\/edit$/);
  await expect(paused(fry).getByRole('alert')).toContainText('Leela took over at');
  await expect(paused(fry)).toContainText('What you typed is kept here, unsaved.');
  await expect(field(fry, 'Text')).toContainText('Typed by Fry.');
  await expect(field(fry, 'Text')).toHaveAttribute('contenteditable', 'false');
  await expect(field(fry, 'Title')).not.toBeEditable();
  await expectLight(fry, 'edit', 'Editing · Leela');
  await expectLight(leela, 'read', 'Reading · Fry');
  await hide(fry, false);
  await expectGoodLook(fry, 'hand-over-paused');

  await typeAtEnd(leela, 'Typed by Leela.');
  await save(leela);
  await press(paused(fry), 'Edit too and merge');
  await expect(field(fry, 'Text')).toHaveAttribute('contenteditable', 'true');
  await expect(field(fry, 'Text')).toContainText('Typed by Fry.');
  expect((await api.read(plan.id)).text).toBe('Before.\n\nTyped by Leela.');

  // The way back, with Leela in the other role, who does not hear of it and saves all the same.
  const other = await api.create({ title: 'Stale', text: 'Before.' });
  deaf = false;
  fry.on('dialog', (leave) => leave.accept());
  await openEditor(fry, other.slug);
  await typeAtEnd(fry, 'From the past.');
  await leela.goto(`/documents/${other.slug}`);
  await expect(ask(leela)).toBeVisible();
  deaf = true;
  await hide(fry, true);
  await takeOver.click();
  await expect(leela).toHaveURL(new RegExp(`${other.slug}/edit$`));
  await hide(fry, false);
  const refused = fry.waitForResponse((answer) => answer.request().method() === 'PUT');
  await fry.getByRole('button', { name: 'Save', exact: true }).click();
  expect((await refused).status()).toBe(412);
  await expect(paused(fry).getByRole('alert')).toContainText('Leela took over at');
  await expect(field(fry, 'Text')).toContainText('From the past.');
  expect(await api.read(other.id)).toMatchObject({ revision: 1, text: 'Before.' });
});
