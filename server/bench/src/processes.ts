import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { root } from '../../../scripts/lib/paths.mjs';
import { freePort } from '../../../scripts/lib/postgres.mjs';
import { environment, pin } from './machine.js';

const START_MS = 60_000;
const MOST_LOG_CHARACTERS = 20_000;

let profileFolder: string | undefined;

/**
 * From now on every Doclight that is measured writes a CPU profile into a folder when it is stopped.
 * @see https://nodejs.org/docs/latest-v20.x/api/cli.html#--cpu-prof
 */
export function profileInto(folder: string): void {
  profileFolder = resolve(folder);
}

/** A server under measurement. */
export interface Measured {
  readonly url: string;
  readonly pid: number;
  isRunning(): boolean;
  /** Ends it: nothing of it is measured any more. */
  stop(): Promise<void>;
}

/** Starts Doclight as `npm start` does, on a core, and waits until it is ready. @throws Error with what it printed */
export async function startDoclight(
  env: Readonly<Record<string, string>>,
  core: number | null,
): Promise<Measured> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const profiled = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
  const child = spawn(process.execPath, [...profiled, 'server/dist/main.js'], {
    cwd: root,
    env: { ...environment(), HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-MOST_LOG_CHARACTERS);
    });
  }
  const { pid } = child;
  if (pid === undefined) throw new Error('the server could not be started');
  pin(pid, core);
  // A profile is written by a process that ends by itself.
  const stop = stopper(child, profiled.length > 0 ? 'SIGTERM' : 'SIGKILL');
  for (const deadline = Date.now() + START_MS; ; await delay(50)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`the server did not start:\n${printed}`);
    }
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
    if (answer?.ok) return { url, pid, isRunning: () => isRunning(child), stop };
  }
}

/** Starts one of the servers that Doclight is compared with. */
export async function startBare(
  name: 'ws-server' | 'socketio-server',
  core: number | null,
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const child = forkOwn(`./bare/${name}.js`, env);
  const stop = stopper(child);
  if (child.pid !== undefined) pin(child.pid, core);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, isRunning: () => isRunning(child), stop };
}

/**
 * Runs a load of `load/` in a process of its own. @throws Error where it fails
 * @param core where it runs
 */
export async function runLoad<Input, Result>(
  name: string,
  input: Input,
  core: number | null,
): Promise<Result> {
  const child = forkOwn('./load/worker.js', {});
  if (child.pid !== undefined) pin(child.pid, core);
  const stop = stopper(child);
  try {
    child.send({ name, input });
    const answer = await Promise.race([
      once(child, 'message').then(([message]) => message as { result?: Result; error?: string }),
      once(child, 'exit').then(([code]) => ({ error: `the load ended with ${code}`, result: undefined })),
    ]);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result as Result;
  } finally {
    await stop();
  }
}

function forkOwn(file: string, env: Readonly<Record<string, string>>): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: { ...environment(), ...env },
    execArgv: ['--max-old-space-size=8192'],
  });
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function stopper(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): () => Promise<void> {
  const killNow = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killNow);
  return async () => {
    process.off('exit', killNow);
    if (!isRunning(child)) return;
    child.kill(signal);
    await once(child, 'exit');
  };
}
