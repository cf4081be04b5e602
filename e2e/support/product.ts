import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/lib/postgres.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** A first start may have to build everything, and to create the embedded database. */
const START_MS = 180_000;
const STOP_MS = 15_000;
const POLL_MS = 100;

/** A running Doclight, the real thing: one process on a loopback port, with its own data. */
export interface Product {
  /** Origin without a trailing slash. */
  readonly url: string;
  /** Process id of the server, which is the process that was started. */
  readonly pid: number;
  /** Where its data is; another one may start on it once this one has ended. */
  readonly dataDir: string;
  /** Everything it has printed so far. */
  output(): string;
  /**
   * Ends it. Its data stays until `remove`.
   * @throws Error where SIGTERM does not end it within 15 s; it is killed then
   */
  stop(): Promise<void>;
  /** Ends it if it runs, and removes its data. */
  remove(): Promise<void>;
}

/** What a start may differ in. */
export interface ProductOptions {
  /** Environment variables beside those that keep it to itself; see the configuration in the README. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its data is; a new temporary folder where left out. Give it to start on the same data again. */
  readonly dataDir?: string;
  /** Port; a free one where left out. */
  readonly port?: number;
}

/**
 * Starts the product as `npm start` does, and waits until it is ready.
 * @throws Error with what it printed, where it ends or is not ready within three minutes
 */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'doclight-e2e-')));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: {
      ...inherited(),
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      // Tests sign in far more often than people do.
      LIMIT_LOGINS_PER_MINUTE: '0',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  child.once('exit', (code, signal) => {
    printed += `\nDoclight ended with ${signal ?? code}.\n`;
  });
  const output = (): string => printed;
  const stop = (): Promise<void> => stopChild(child);
  const removeNow = (): void => {
    child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  };
  // A run that is interrupted ends this process without leaving any fixture.
  process.once('exit', removeNow);
  const remove = async (): Promise<void> => {
    await stop();
    process.off('exit', removeNow);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child, output);
  } catch (error) {
    await remove();
    throw error;
  }
  return { url, pid: child.pid ?? 0, dataDir, output, stop, remove };
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await delay(POLL_MS)) {
    if (hasEnded(child)) throw new Error(`Doclight ended while it started:\n${output()}`);
    try {
      const answer = await fetch(`${url}/api/health/ready`);
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
  }
  throw new Error(`Doclight was not ready within ${START_MS / 1000} s:\n${output()}`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<true>((resolve) => child.once('exit', () => resolve(true)));
  child.kill('SIGTERM');
  if (await Promise.race([ended, delay(STOP_MS, false, { ref: false })])) return;
  child.kill('SIGKILL');
  await ended;
  throw new Error(`Doclight did not stop within ${STOP_MS / 1000} s of SIGTERM.`);
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** The little that a start needs of our own environment: the person's settings for Doclight stay out. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'npm_execpath'];
  const kept = names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  // As if npm had started it: then it ends with the process that did, even one that is killed.
  return { ...Object.fromEntries(kept), npm_lifecycle_event: 'start' };
}
