import { FRY, LEELA, openSession } from '../support/accounts.js';
import { openApi } from '../support/api.js';
import { expectUnread } from '../support/centre.js';
import { choose } from '../support/menu.js';
import { payloadsTo, receiverOf, startPush, subscribeWith } from '../support/push.js';
import { expect, test } from '../support/test.js';

/** A page of the product’s origin that connects no socket. */
const NOWHERE = '/icons/icon-192.png';

test('who turns notifications on is pushed to while away, on that device, and nobody else is', async ({
  startFresh,
  enter,
}) => {
  test.setTimeout(180_000);
  const push = await startPush();
  try {
    const product = await startFresh({ env: push.env });
    const fry = await openApi(product, FRY);
    const ours = await openApi(product, LEELA);
    const plan = await ours.create({ title: 'Pushed plan', text: 'Old.' });
    const leela = await enter(LEELA, { permissions: ['notifications'] }, product);
    const endpoints = await subscribeWith(leela.context(), push);
    const device = leela.getByRole('list', { name: 'Devices' }).getByRole('listitem');

    await test.step('one click subscribes this device', async () => {
      await leela.goto('/settings/notifications');
      await leela.getByRole('button', { name: 'Also when it is closed' }).click();
      await expect(device).toHaveCount(1);
      await expect(device).toContainText('This device');
      await expect(device).toContainText('nothing was sent yet');
      await expect(leela.getByRole('heading', { name: 'On', exact: true })).toBeVisible();
      expect(endpoints).toHaveLength(1);
    });
    const [endpoint = ''] = endpoints;
    const receiver = await receiverOf(leela, product);
    const latest = (): string => JSON.stringify(payloadsTo(push, endpoint).at(-1));

    await test.step('a test goes the whole way', async () => {
      await device.getByRole('button', { name: /^Send a test/ }).click();
      await expect(device).toContainText('Sent: it should show');
      await expect(device).toContainText('Last notified');
      await receiver.deliver(latest());
      await expect.poll(() => receiver.shown()).toEqual([expect.stringMatching(/^Notifications work: /)]);
    });

    await test.step('with no page open, saves are pushed, and fold into one notice', async () => {
      await leela.goto(NOWHERE);
      await fry.save(await fry.read(plan.id), { text: 'New.' });
      await push.service.until(() => payloadsTo(push, endpoint).length === 2, 30_000);
      await receiver.deliver(latest());
      await expect.poll(() => receiver.shown()).toContain('Fry saved Pushed plan');
      await fry.save(await fry.read(plan.id), { text: 'Newer.' });
      await push.service.until(() => payloadsTo(push, endpoint).length === 3, 30_000);
      await receiver.deliver(latest());
      await expect
        .poll(() => receiver.shown())
        .toEqual([
          'Fry saved Pushed plan: 2 times within 10 minutes',
          expect.stringMatching(/^Notifications work/),
        ]);
    });

    await test.step('a click has an open tab go there, and the notice is read', async () => {
      await leela.goto('/members');
      await expectUnread(leela, 1);
      await receiver.worker().evaluate(async () => {
        const scope = globalThis as unknown as {
          registration: ServiceWorkerRegistration;
          onClick: (data: unknown) => Promise<void>;
        };
        const shown = await scope.registration.getNotifications();
        await scope.onClick(shown.find(({ title }) => title.includes('Pushed plan'))?.data);
      });
      await expect(leela).toHaveURL(new RegExp(`/documents/${plan.slug}$`));
      await expect(leela.getByText('Newer.')).toBeVisible();
      await expectUnread(leela, 0);
      // What was read is taken off the desktop.
      await expect.poll(() => receiver.shown()).toEqual([expect.stringMatching(/^Notifications work/)]);
    });

    await test.step('in another person’s session the same push says nothing of it', async () => {
      const value = await openSession(product, FRY);
      const [cookie] = await leela.context().cookies();
      if (!cookie) throw new Error('Leela is not signed in.');
      await leela.goto(NOWHERE);
      await leela.context().addCookies([{ ...cookie, value }]);
      await receiver.deliver(latest());
      await expect.poll(() => receiver.shown()).toContain('Doclight: Something is new.');
      expect((await receiver.shown()).join()).not.toContain('Pushed plan');
      await leela.context().addCookies([cookie]);
    });

    await test.step('what is removed is pushed to no more', async () => {
      await leela.goto('/settings/notifications');
      await device.getByRole('button', { name: /^What was sent/ }).click();
      await expect(device.getByRole('list', { name: 'What was sent' })).toContainText('Delivered');
      await device.getByRole('button', { name: /^Remove/ }).click();
      await expect(leela.getByText('None yet.')).toBeVisible();
      await expect(leela.getByRole('heading', { name: 'Off', exact: true })).toBeVisible();
      await leela.getByRole('button', { name: 'Turn on' }).click();
      await expect(device).toHaveCount(1);
      expect(endpoints).toHaveLength(2);
    });

    await test.step('signing out removes the device, and signing in brings it back', async () => {
      const devices = async (): Promise<unknown[]> => {
        const answer = await ours.send('GET', '/api/push/subscriptions');
        return ((await answer.json()) as { devices: unknown[] }).devices;
      };
      expect(await devices()).toHaveLength(1);
      await choose(leela, leela.getByRole('button', { name: 'Account' }), 'Sign out');
      await expect(leela).toHaveURL(/\/login$/);
      expect(await devices()).toEqual([]);
      expect(await receiver.shown()).toEqual([]);
      await leela.getByLabel('Email', { exact: true }).fill(LEELA);
      await leela.getByLabel('Password', { exact: true }).fill('doclight');
      await leela.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect.poll(async () => (await devices()).length).toBe(1);
    });
    expect(push.service.violations).toEqual([]);
  } finally {
    await push.stop();
  }
});

test('a push service that never answers is said, and what a browser lacks too', async ({ enter }) => {
  const page = await enter(LEELA, { permissions: ['notifications'] });
  await page.clock.install();
  await page.addInitScript(() => {
    PushManager.prototype.subscribe = () => new Promise(() => {});
  });
  await page.goto('/settings/notifications');
  await page.getByRole('button', { name: 'Also when it is closed' }).click();
  await expect(page.getByRole('button', { name: 'Turning on …' })).toBeVisible();
  await page.clock.runFor(16_000);
  await expect(page.getByRole('alert').filter({ hasText: 'did not answer within 15 s' })).toBeVisible();

  const refused = await enter(LEELA);
  await refused.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'denied' });
  });
  await refused.goto('/settings/notifications');
  await expect(
    refused.getByRole('heading', { name: 'Notifications are blocked for this site' }),
  ).toBeVisible();

  const phone = await enter(LEELA, {
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1',
    viewport: { width: 390, height: 800 },
  });
  await phone.goto('/settings/notifications');
  await expect(phone.getByRole('heading', { name: 'Add Doclight to the home screen first' })).toBeVisible();
});

test('the app can be installed, and its worker is served to govern all of it', async ({ page, product }) => {
  const manifest = (await (await page.request.get('/manifest.webmanifest')).json()) as {
    icons: { src: string; purpose: string }[];
    display: string;
  };
  expect(manifest.display).toBe('standalone');
  expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
  for (const { src } of manifest.icons)
    expect((await page.request.get(src)).headers()['content-type']).toBe('image/png');
  const worker = await page.request.get(`${product.url}/sw.js`);
  expect(worker.headers()).toMatchObject({ 'cache-control': 'no-cache', 'service-worker-allowed': '/' });
  await page.goto('/login');
  await expect(page.locator('link[rel="manifest"]')).toHaveAttribute('href', '/manifest.webmanifest');
  await expect(page.locator('link[rel="apple-touch-icon"]')).toHaveCount(1);
});
