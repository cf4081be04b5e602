import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const ORIGIN = 'https://doclight.test';
const source = readFileSync(fileURLToPath(new URL('../../../public/sw.js', import.meta.url)), 'utf8');

interface FakeClient {
  readonly id: string;
  url: string;
  readonly visibilityState: string;
  readonly focused: boolean;
  answers: boolean;
  readonly did: string[];
}

interface Shown {
  readonly title: string;
  readonly options: NotificationOptions & { renotify?: boolean };
}

const payload = {
  userId: 'leela',
  notificationId: 'n1',
  title: 'Fry saved Delivery',
  body: '',
  tag: 'document:d1',
  url: '/documents/delivery-1',
  at: '2026-11-21T10:00:00.000Z',
  unread: 3,
};

/** The real worker, in a scope of its own whose browser is played. */
class World {
  clients: FakeClient[] = [];
  shown: Shown[] = [];
  opened: string[] = [];
  badge: number | null = null;
  unsubscribed = 0;
  subscribed = 0;
  me: { status: number; body?: unknown } | 'offline' = { status: 200, body: { user: { id: 'leela' } } };
  requests: { path: string; body: unknown }[] = [];
  readonly stored = new Map<string, string>();
  readonly #handlers = new Map<string, (event: unknown) => void>();

  constructor() {
    const tabs = () => this.clients.map((client) => this.#tab(client));
    const subscription = {
      endpoint: 'https://push.test/new',
      toJSON: () => ({ endpoint: 'https://push.test/new', keys: { p256dh: 'p', auth: 'a' } }),
      unsubscribe: async () => {
        this.unsubscribed += 1;
      },
    };
    const self = {
      location: { origin: ORIGIN },
      navigator: {
        setAppBadge: async (unread: number) => {
          this.badge = unread;
        },
      },
      addEventListener: (name: string, handler: (event: unknown) => void) =>
        this.#handlers.set(name, handler),
      skipWaiting: async () => {},
      registration: {
        showNotification: async (title: string, options: NotificationOptions) => {
          this.shown = this.shown.filter(({ options: { tag } }) => tag !== options.tag);
          this.shown.push({ title, options });
        },
        getNotifications: async ({ tag }: { tag: string }) =>
          this.shown
            .filter(({ options }) => options.tag === tag)
            .map(({ options }) => ({ data: options.data })),
        pushManager: {
          getSubscription: async () => subscription,
          subscribe: async () => {
            this.subscribed += 1;
            return subscription;
          },
        },
      },
      clients: {
        matchAll: async () => tabs(),
        claim: async () => {},
        openWindow: async (url: string) => void this.opened.push(url),
      },
    };
    const context = createContext({
      self,
      caches: {
        open: async () => ({
          match: async (key: string) => {
            const text = this.stored.get(key);
            return text && { json: async () => JSON.parse(text) };
          },
          put: async (key: string, answer: Response) => void this.stored.set(key, await answer.text()),
        }),
      },
      fetch: async (path: string, init: RequestInit) => this.#fetch(path, init),
      Response,
      URL,
      AbortSignal,
      MessageChannel: FakeChannel,
      // Looked up late: a test may have taken over the clock.
      setTimeout: (work: () => void, ms: number) => setTimeout(work, ms),
      clearTimeout: (timer: number) => clearTimeout(timer),
    });
    runInContext(source, context);
  }

  #fetch(path: string, init: RequestInit): unknown {
    if (path === '/api/auth/me') {
      if (this.me === 'offline') throw new TypeError('offline');
      const { status, body } = this.me;
      return { status, ok: status === 200, json: async () => body };
    }
    this.requests.push({ path, body: init.body ? JSON.parse(String(init.body)) : null });
    const answer = path === '/api/push/key' ? { publicKey: 'key' } : { id: 'device-2' };
    return { status: 200, ok: true, json: async () => answer };
  }

  #tab(client: FakeClient): unknown {
    const { did } = client;
    const tab = {
      ...client,
      focus: async () => {
        did.push('focus');
        return tab;
      },
      postMessage: (message: { url: string }, [port]: [FakePort]) => {
        did.push(`message ${message.url}`);
        if (client.answers) port.other?.onmessage?.();
      },
      navigate: async (url: string) => {
        did.push(`navigate ${url}`);
        return tab;
      },
    };
    return tab;
  }

  tab(path: string, over: Partial<FakeClient> = {}): FakeClient {
    const client: FakeClient = {
      id: String(this.clients.length),
      url: `${ORIGIN}${path}`,
      visibilityState: 'visible',
      focused: false,
      answers: true,
      did: [],
      ...over,
    };
    this.clients.push(client);
    return client;
  }

  subscribedFor(userId: string): void {
    const marker = { userId, deviceId: 'device-1', endpoint: 'https://push.test/old' };
    this.stored.set('/.doclight/device', JSON.stringify(marker));
  }

  async dispatch(name: string, event: object): Promise<void> {
    const work: Promise<unknown>[] = [];
    this.#handlers.get(name)?.({ ...event, waitUntil: (promise: Promise<unknown>) => work.push(promise) });
    await Promise.all(work);
  }

  push(text: string): Promise<void> {
    return this.dispatch('push', { data: { text: () => text } });
  }

  click(data: unknown): Promise<void> {
    return this.dispatch('notificationclick', { notification: { data, close: () => {} } });
  }
}

interface FakePort {
  onmessage: (() => void) | null;
  other?: FakePort;
}
class FakeChannel {
  readonly port1: FakePort = { onmessage: null };
  readonly port2: FakePort = { onmessage: null, other: this.port1 };
}

describe('the service worker', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.subscribedFor('leela');
  });
  afterEach(() => void vi.useRealTimers());

  describe('on a push', () => {
    it('shows it, and replaces what it showed of the same document only', async () => {
      await world.push(JSON.stringify(payload));
      await world.push(
        JSON.stringify({ ...payload, tag: 'document:d2', notificationId: 'n2', title: 'Other' }),
      );
      await world.push(JSON.stringify({ ...payload, body: '2 times within 10 minutes', unread: 4 }));
      expect(world.shown.map(({ title }) => title)).toEqual(['Other', 'Fry saved Delivery']);
      const { options } = world.shown[1] as Shown;
      expect(options).toMatchObject({ body: '2 times within 10 minutes', renotify: false });
      expect(options.data).toEqual({ url: '/documents/delivery-1', notificationId: 'n1' });
      expect(world.badge).toBe(4);
      await world.push(JSON.stringify({ ...payload, notificationId: 'n3', title: 'Fry mentioned you' }));
      expect(world.shown.at(-1)?.options.renotify).toBe(true);
    });

    it('says nothing of it to anybody else, and ends a subscription that is nobody’s', async () => {
      world.me = { status: 200, body: { user: { id: 'fry' } } };
      await world.push(JSON.stringify(payload));
      expect(JSON.stringify(world.shown)).not.toMatch(/Delivery|delivery/);
      expect(world.unsubscribed).toBe(0);
      world.me = { status: 401 };
      await world.push(JSON.stringify(payload));
      expect(JSON.stringify(world.shown)).not.toMatch(/Delivery|delivery/);
      expect([world.shown.length, world.unsubscribed]).toEqual([1, 1]);
    });

    it('believes offline whom it was subscribed for, and nobody else', async () => {
      world.me = 'offline';
      await world.push(JSON.stringify(payload));
      expect(world.shown.map(({ title }) => title)).toEqual(['Fry saved Delivery']);
      await world.push(JSON.stringify({ ...payload, userId: 'fry', title: 'Secret', tag: 'document:d9' }));
      expect(world.shown.map(({ title }) => title)).toEqual(['Fry saved Delivery', 'Doclight']);
    });

    it('shows something for what it cannot read, as browsers demand', async () => {
      for (const text of ['', 'nonsense', '{"title":1}', 'null']) await world.push(text);
      expect(world.shown.map(({ title }) => title)).toEqual(['Doclight']);
    });

    it('is silent where the person looks at that document', async () => {
      world.tab('/documents/delivery-1', { focused: true });
      await world.push(JSON.stringify(payload));
      expect(world.shown).toEqual([]);
    });

    it('leads nowhere but here', async () => {
      await world.push(JSON.stringify({ ...payload, url: 'https://evil.test/documents/x' }));
      expect(world.shown[0]?.options.data).toMatchObject({ url: '/' });
    });
  });

  describe('on a click', () => {
    const data = { url: '/documents/delivery-1', notificationId: 'n1' };

    it('brings a tab on that document to the front, also one that edits it, and marks it as read', async () => {
      const other = world.tab('/', { focused: true });
      const there = world.tab('/documents/delivery-1/edit', { visibilityState: 'hidden' });
      await world.click(data);
      expect([there.did, other.did, world.opened]).toEqual([['focus'], [], []]);
      expect(world.requests).toEqual([{ path: '/api/notifications/read', body: { ids: ['n1'] } }]);
    });

    it('lets another tab go there, the one in front first', async () => {
      const behind = world.tab('/members', { visibilityState: 'hidden' });
      const front = world.tab('/');
      await world.click(data);
      expect([front.did, behind.did]).toEqual([['focus', 'message /documents/delivery-1'], []]);
      expect(world.opened).toEqual([]);
    });

    it('takes nobody away from what they write, and opens a tab instead', async () => {
      const writing = world.tab('/documents/other-2/edit', { focused: true });
      await world.click(data);
      expect([writing.did, world.opened]).toEqual([[], ['/documents/delivery-1']]);
    });

    it('loads the page anew in a tab that does not answer, as at the login', async () => {
      vi.useFakeTimers();
      const login = world.tab('/login', { answers: false });
      const clicked = world.click(data);
      await vi.advanceTimersByTimeAsync(1_000);
      await clicked;
      expect(login.did).toEqual(['focus', 'message /documents/delivery-1', 'navigate /documents/delivery-1']);
    });

    it('goes from a document’s history to the page that it leads to', async () => {
      const history = world.tab('/documents/delivery-1/history');
      await world.click(data);
      expect(history.did).toEqual(['focus', 'message /documents/delivery-1']);
    });

    it('opens a tab where there is none', async () => {
      await world.click(null);
      expect(world.opened).toEqual(['/']);
    });
  });

  describe('when the browser changes its subscription', () => {
    const replacement = {
      path: '/api/push/subscriptions',
      body: {
        endpoint: 'https://push.test/new',
        keys: { p256dh: 'p', auth: 'a' },
        replaces: 'https://push.test/old',
      },
    };

    it('subscribes again and tells the server which one it replaces', async () => {
      await world.dispatch('pushsubscriptionchange', { oldSubscription: null });
      expect(world.subscribed).toBe(1);
      expect(world.requests.at(-1)).toEqual(replacement);
      expect(JSON.parse(world.stored.get('/.doclight/device') ?? '')).toEqual({
        userId: 'leela',
        deviceId: 'device-2',
        endpoint: 'https://push.test/new',
      });
    });

    it('does not where nobody is subscribed here', async () => {
      world.stored.clear();
      await world.dispatch('pushsubscriptionchange', {});
      expect([world.subscribed, world.requests]).toEqual([0, []]);
    });
  });
});
