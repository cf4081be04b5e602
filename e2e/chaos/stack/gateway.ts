import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Health } from '@doclight/protocol';
import { root } from '../../../scripts/lib/paths.mjs';

const START_MS = 60_000;
const POLL_MS = 50;
const MOST_LOG_CHARACTERS = 200_000;

/** One Doclight process, started as the image starts it. */
export class Gateway {
  private child: ChildProcess | undefined;
  private printed = '';
  private readonly killNow = (): void => {
    this.child?.kill('SIGKILL');
  };

  constructor(
    readonly name: string,
    readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What it has printed, over all its lives. */
  get log(): string {
    return this.printed;
  }

  /** Starts it, and waits until it is ready. @throws Error with what it printed where it is not in time */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['server/dist/main.js'], {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', ...this.env, PORT: String(this.port) },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A Ctrl-C at the terminal reaches the whole group: the suite ends first, then its processes.
      detached: true,
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.printed = (this.printed + text).slice(-MOST_LOG_CHARACTERS);
      });
    }
    process.once('exit', this.killNow);
    for (const deadline = Date.now() + START_MS; ; await delay(POLL_MS)) {
      if (!this.isRunning) throw new Error(`${this.name} ended while it started:\n${this.printed}`);
      if ((await this.health())?.status === 200) return;
      if (Date.now() > deadline) throw new Error(`${this.name} was not ready in time:\n${this.printed}`);
    }
  }

  /** Sends a signal; after one that ends it, `ended` tells when it has. */
  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  async ended(): Promise<void> {
    if (this.isRunning && this.child) await once(this.child, 'exit');
    process.off('exit', this.killNow);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended();
  }

  /** What `/api/health/ready` answers; null where nothing answers within 3 s. */
  async health(): Promise<{ status: number; checks: Health['checks'] } | null> {
    try {
      const answer = await fetch(`${this.url}/api/health/ready`, { signal: AbortSignal.timeout(3_000) });
      const body = (await answer.json()) as { checks?: Health['checks'] };
      return { status: answer.status, checks: body.checks ?? {} };
    } catch {
      return null;
    }
  }
}
