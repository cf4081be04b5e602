import { type Document, SESSION_COOKIE } from '@doclight/protocol';
import { type BrowserContextOptions, test as base, type Page } from '@playwright/test';
import { FRY, LEELA, openSession } from './accounts.js';
import { type Api, type Draft, openApi } from './api.js';
import { type Product, type ProductOptions, startProduct } from './product.js';
import { type ClientSocket, openSocket } from './socket.js';

export { expect } from '@playwright/test';

interface WorkerFixtures {
  /** One product with demo data, shared by all tests of the run: leave its documents as they were. */
  product: Product;
  /** REST in the name of Leela, the owner. */
  api: Api;
}

interface TestFixtures {
  /** Makes a document by Leela that is gone after the test. Its title is for this test alone. */
  write: (draft: Draft) => Promise<Document>;
  /** Starts a product that belongs to this test alone. */
  startFresh: (options?: ProductOptions) => Promise<Product>;
  /** A page of a browser of its own, on which that person is signed in; it shows nothing yet. */
  enter: (email: string, options?: BrowserContextOptions, product?: Product) => Promise<Page>;
  /** A socket of a session of its own. */
  connect: (email: string, product?: Product) => Promise<ClientSocket>;
  /** What the shared product printed goes with every failure. */
  attachOutput: undefined;
  /** The owner's page, signed in. */
  leela: Page;
  /** An editor's page, signed in, in another browser. */
  fry: Page;
}

/** Playwright's `test` with a running product, people and sockets, all of which end with the test. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  product: [
    async ({ browserName: _ }, use) => {
      const product = await startProduct();
      await use(product);
      await product.remove();
    },
    { scope: 'worker', timeout: 200_000 },
  ],

  api: [async ({ product }, use) => use(await openApi(product, LEELA)), { scope: 'worker' }],

  baseURL: async ({ product }, use) => use(product.url),

  startFresh: async ({ browserName: _ }, use) => {
    const started: Product[] = [];
    await use(async (options) => {
      const fresh = await startProduct(options);
      started.push(fresh);
      return fresh;
    });
    // One after the other: two of them may have had the same data.
    for (const fresh of started.reverse()) await fresh.remove();
  },

  write: async ({ api }, use) => {
    const written: Document[] = [];
    await use(async (draft) => {
      const document = await api.create(draft);
      written.push(document);
      return document;
    });
    for (const { id } of written) await api.remove(id);
  },

  enter: async ({ browser, product }, use) => {
    const close: (() => Promise<void>)[] = [];
    await use(async (email, options = {}, at = product) => {
      const context = await browser.newContext({ baseURL: at.url, ...options });
      close.push(() => context.close());
      const value = await openSession(at, email);
      await context.addCookies([
        { name: SESSION_COOKIE, value, url: at.url, httpOnly: true, sameSite: 'Lax' },
      ]);
      return context.newPage();
    });
    await Promise.all(close.map((end) => end()));
  },

  connect: async ({ product }, use) => {
    const sockets: ClientSocket[] = [];
    await use(async (email, at = product) => {
      const socket = await openSocket(at, await openSession(at, email));
      sockets.push(socket);
      return socket;
    });
    for (const socket of sockets) socket.disconnect();
  },

  attachOutput: [
    async ({ product }, use, testInfo) => {
      await use(undefined);
      if (testInfo.status !== testInfo.expectedStatus)
        await testInfo.attach('product', { body: product.output(), contentType: 'text/plain' });
    },
    { auto: true },
  ],

  leela: async ({ enter }, use) => use(await enter(LEELA)),
  fry: async ({ enter }, use) => use(await enter(FRY)),
});
