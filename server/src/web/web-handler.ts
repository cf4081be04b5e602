import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type createNext from 'next';

/** Next is CommonJS, and its default export is not one that an ES module's import can call. */
const next = createRequire(import.meta.url)('next') as typeof createNext.default;

/** The web app, as something that answers requests. */
export interface WebHandler {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/**
 * Prepares the web app.
 * @param dev pages are compiled as they are asked for; else they must have been built
 */
export async function prepareWeb(httpServer: Server, dev: boolean): Promise<WebHandler> {
  const app = next({
    dev,
    dir: fileURLToPath(new URL('../../../web', import.meta.url)),
    httpServer,
    quiet: true,
  });
  await (dev ? app.prepare() : quietly(() => app.prepare()));
  const handle = app.getRequestHandler();
  return { handle: (request, response) => handle(request, response), close: () => app.close() };
}

/**
 * Next tells on standard output how long its configuration took, also where it is to be quiet; what the
 * start prints there is for people who want the address. Its warnings and errors go elsewhere.
 */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => {};
  try {
    await work();
  } finally {
    console.log = log;
  }
}
