import { BENDER, LEELA } from '../support/accounts.js';
import { type Api, openApi } from '../support/api.js';
import { bell, centre, expectUnread, notices } from '../support/centre.js';
import { card, openDashboard } from '../support/dashboard.js';
import { startDesktop, watchNotifications } from '../support/desktop.js';
import { choose } from '../support/menu.js';
import { makeEditor, takeOut } from '../support/people.js';
import { test as base, expect } from '../support/test.js';

const test = base.extend<{ amy: Api }>({
  /** An editor who has done nothing yet: what one person does to many documents within a minute is told as a number. */
  amy: async ({ product, api }, use, { testId }) => {
    const email = `amy-${testId}@doclight.test`;
    await use(await makeEditor(product, api, { name: 'Amy', email, password: 'wong-wong-wong' }));
    await takeOut(api, email);
  },
});

/** Other tests have left notices of their own. */
const readAll = (api: Api): Promise<Response> => api.send('POST', '/api/notifications/read', { all: true });

test('the bell counts, lists and forgets on every tab and device at once', async ({
  amy,
  leela,
  enter,
  api,
  write,
}) => {
  const plan = await write({ title: 'Centre plan' });
  const route = await write({ title: 'Centre route' });
  await readAll(api);
  await leela.goto('/members');
  const phone = await enter(LEELA, { viewport: { width: 360, height: 740 } });
  await openDashboard(phone);

  await amy.save(plan, { abstract: 'One.' });
  await amy.save(route, { abstract: 'Two.' });
  await amy.save(await amy.read(route.id), { abstract: 'Three.' });
  await expectUnread(leela, 2);
  await expectUnread(phone, 2);

  await bell(phone).click();
  await expect(notices(phone)).toContainText(['Amy saved Centre route', 'Amy saved Centre plan']);
  await expect(notices(phone).first()).toContainText('2 times within 10 minutes');

  await bell(leela).focus();
  await leela.keyboard.press('Enter');
  await expect(notices(leela).first()).toBeVisible();
  await notices(leela).filter({ hasText: 'Centre plan' }).hover();
  await centre(leela).getByRole('button', { name: 'Mark as read: Amy saved Centre plan' }).click();
  await expectUnread(phone, 1);
  await expect(notices(phone).filter({ hasText: 'Centre plan' })).toHaveAttribute('data-read', 'true');

  // By keyboard: down the list, and along to the document; whoever opens it has read it.
  await leela.keyboard.press('Home');
  await leela.keyboard.press('Enter');
  await expect(leela).toHaveURL(new RegExp(`/documents/${route.slug}$`));
  await expectUnread(leela, 0);
  await expectUnread(phone, 0);
  await expect(centre(leela)).toHaveCount(0);

  await amy.save(await amy.read(plan.id), { title: 'Centre plan, renamed' });
  await expectUnread(phone, 1);
  await expect(notices(phone).first()).toContainText('Amy saved Centre plan, renamed');
  await centre(phone).getByRole('button', { name: 'Mark all as read' }).click();
  await expectUnread(leela, 0);
  await centre(phone).getByRole('button', { name: 'Unread', exact: true }).click();
  await expect(centre(phone).getByRole('heading', { name: 'You have read everything' })).toBeVisible();
});

test('a list longer than a page goes on as one scrolls, also after a page has failed', async ({ leela }) => {
  const actor = { id: 'x', name: 'Fry', color: '#c2410c' };
  const page = (from: number): object[] =>
    Array.from({ length: 30 }, (_, at) => {
      const time = new Date(Date.UTC(2026, 10, 20) - (from + at) * 60_000).toISOString();
      return {
        id: `n${from + at}`,
        type: 'saved',
        workspaceId: 'w',
        document: { id: `d${from + at}`, slug: `d${from + at}`, title: `Plan ${from + at}`, exists: true },
        actor,
        count: 1,
        title: `Fry saved Plan ${from + at}`,
        body: '',
        tag: `document:d${from + at}`,
        url: `/documents/d${from + at}`,
        read: at > 2,
        createdAt: time,
        updatedAt: time,
      };
    });
  let failures = 0;
  // More than anybody could be told of within a test: the server folds them.
  await leela.route('**/api/notifications?*', async (route) => {
    const cursor = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    if (cursor === 60 && failures < 3) {
      failures += 1;
      await route.abort();
      return;
    }
    const nextCursor = cursor < 90 ? String(cursor + 30) : null;
    await route.fulfill({ json: { notifications: page(cursor), nextCursor, unread: 3 } });
  });
  await openDashboard(leela);
  await bell(leela).click();
  await expect(notices(leela).first()).toContainText('Fry saved Plan 0');
  await notices(leela).last().scrollIntoViewIfNeeded();
  await expect.poll(() => notices(leela).count()).toBeGreaterThanOrEqual(60);
  await leela.getByRole('region', { name: 'List of notifications' }).press('End');
  await leela.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => notices(leela).count()).toBeGreaterThanOrEqual(90);
  await notices(leela).last().scrollIntoViewIfNeeded();
  await expect(notices(leela)).toHaveCount(120);
  await expect(leela.getByRole('button', { name: 'Show older ones' })).toHaveCount(0);
});

test('one event is told once: in the tab one looks at, else on the desktop by one tab, and never where it is seen', async ({
  amy,
  product,
  api,
  write,
}) => {
  test.setTimeout(180_000);
  const plan = await write({ title: 'Told once', text: 'Old.' });
  await readAll(api);
  const save = async (text: string): Promise<unknown> => amy.save(await amy.read(plan.id), { text });
  const desktop = await startDesktop(product, LEELA);
  try {
    await desktop.context.grantPermissions(['notifications'], { origin: product.url });
    const first = await desktop.context.newPage();
    const second = await desktop.context.newPage();
    const shown = [await watchNotifications(first), await watchNotifications(second)];
    const titles = async (): Promise<string[]> =>
      (await Promise.all(shown.map((one) => one.titles()))).flat();
    const toasts = (page: typeof first) => page.getByRole('listitem').filter({ hasText: 'Told once' });
    await first.goto(`${product.url}/members`);
    await second.goto(`${product.url}/documents/${plan.slug}`);
    await expect(second.getByText('Old.')).toBeVisible();

    await test.step('looking at the document: its page shows it, and nothing else does', async () => {
      await second.bringToFront();
      await expect.poll(() => second.evaluate(() => document.visibilityState)).toBe('visible');
      await save('Seen at once.');
      await expect(second.getByText('Seen at once.')).toBeVisible();
      await expectUnread(second, 0);
    });

    await test.step('looking at another page: a toast there', async () => {
      await first.bringToFront();
      await expect.poll(() => second.evaluate(() => document.visibilityState)).toBe('hidden');
      await save('A toast.');
      await expect(toasts(first)).toBeVisible();
      await expectUnread(first, 1);
    });

    await test.step('looking at none: the desktop, by one of them', async () => {
      const inFront = await desktop.context.newPage();
      await inFront.bringToFront();
      await expect.poll(() => first.evaluate(() => document.visibilityState)).toBe('hidden');
      expect(await titles()).toEqual([]);
      await save('On the desktop.');
      await expect.poll(titles).toEqual(['Amy saved Told once']);
    });

    await test.step('in quiet hours: the bell alone', async () => {
      const hour = (offset: number): string =>
        `${String((new Date().getUTCHours() + offset + 24) % 24).padStart(2, '0')}:00`;
      const quiet = (quietHours: unknown) => api.send('PUT', '/api/notifications/settings', { quietHours });
      expect((await quiet({ from: hour(-1), to: hour(2), timeZone: 'UTC' })).status).toBe(200);
      try {
        await save('Quietly.');
        await expect(bell(first)).toHaveAccessibleName('Notifications, 1 unread');
        const deliveries = async (): Promise<unknown> =>
          (await (await api.send('GET', '/api/notifications/deliveries?limit=1')).json()) as unknown;
        await expect
          .poll(deliveries)
          .toMatchObject({ deliveries: [{ way: 'centre', state: 'dropped', reason: 'quiet-hours' }] });
        expect(await titles()).toHaveLength(1);
      } finally {
        await quiet(null);
      }
    });
    await test.step('coming back to the document reads what was told of it, and nothing else', async () => {
      const other = await write({ title: 'Told of something else' });
      await amy.save(other, { abstract: 'New.' });
      await expectUnread(second, 2);
      await second.bringToFront();
      await expectUnread(second, 1);
      await first.bringToFront();
      await expect.poll(() => second.evaluate(() => document.visibilityState)).toBe('hidden');
      await save('Once more.');
      await expectUnread(second, 2);
      await second.bringToFront();
      await expectUnread(second, 1);
    });
  } finally {
    await desktop.close();
  }
});

test('one hears of what one watches, and not of what one has muted', async ({
  amy,
  api,
  enter,
  leela,
  product,
  write,
}) => {
  const plan = await write({ title: 'Watched plan' });
  const other = await write({ title: 'Muted plan' });
  await readAll(api);
  await readAll(await openApi(product, BENDER));
  const bender = await enter(BENDER);
  await bender.goto(`/documents/${plan.slug}`);
  const more = bender.getByRole('button', { name: 'More', exact: true });
  await choose(bender, more, /^Watch/, 'menuitemradio');
  await expectUnread(bender, 0);
  await openDashboard(bender);
  await bender.getByRole('button', { name: /^Watched/ }).click();
  await expect(bender.getByRole('article')).toHaveCount(1);
  await expect(card(bender, 'Watched plan')).toBeVisible();

  await leela.goto(`/documents/${other.slug}`);
  await choose(leela, leela.getByRole('button', { name: 'More', exact: true }), /^Mute/, 'menuitemradio');
  await leela.goto('/settings/notifications');
  await expect(leela.getByRole('list', { name: 'Documents with a rule of their own' })).toContainText(
    'Muted plan',
  );
  await amy.save(other, { abstract: 'Nobody hears of it.' });
  await amy.save(plan, { abstract: 'Bender hears of it.' });
  await expectUnread(bender, 1);
  await bell(bender).click();
  await expect(notices(bender).first()).toContainText('Amy saved Watched plan');
  await expectUnread(leela, 1);
  await bell(leela).click();
  await expect(notices(leela).first()).toContainText('Watched plan');
  await expect(notices(leela).filter({ hasText: 'Muted plan' })).toHaveCount(0);

  await test.step('and the settings are kept', async () => {
    await leela.keyboard.press('Escape');
    await leela.getByRole('radio', { name: /^Everything/ }).check();
    await leela.getByRole('switch', { name: 'Saved' }).click();
    await leela.getByRole('switch', { name: 'Quiet hours' }).click();
    await leela.getByLabel('From', { exact: true }).fill('21:30');
    await expect(leela.getByText('Saved: from 21:30 until 07:00 the next day.')).toBeVisible();
    await leela.reload();
    await expect(leela.getByRole('radio', { name: /^Everything/ })).toBeChecked();
    await expect(leela.getByRole('switch', { name: 'Saved' })).not.toBeChecked();
    await expect(leela.getByLabel('From', { exact: true })).toHaveValue('21:30');
    await leela.getByRole('radio', { name: /^My documents/ }).check();
    await leela.getByRole('switch', { name: 'Saved' }).click();
    await leela.getByRole('switch', { name: 'Quiet hours' }).click();
    await expect(leela.getByText('Saved: no quiet hours.')).toBeVisible();
  });
});
