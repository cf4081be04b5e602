import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const START_MS = 60_000;

/** What the process runs: the application as it is built, without the web app. */
const PROGRAM = `
  await import('reflect-metadata');
  const { createApp } = await import('./server/dist/create-app.js');
  const { loadConfig } = await import('./server/dist/config/config.js');
  const { createLogger } = await import('./server/dist/common/logger.js');
  const app = await createApp(loadConfig(), createLogger('warn'));
  console.log('listening on ' + await app.listen());
`;

/** Builds the server, where what is built is not what the sources say. */
export async function buildServer(): Promise<void> {
  await promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'server'], {
    cwd: root,
  });
}

/** The application in a process of its own, to be killed. Build it first. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly ended: Promise<void>,
  ) {}

  /** @param environment variables as an operator sets them, with a database that others can open too */
  static async start(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      cwd: root,
      env: { ...process.env, PORT: '0', NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => {
        process.off('exit', kill);
        resolve();
      });
    });
    const port = await new Promise<string>((resolve, reject) => {
      let printed = '';
      const fail = () => reject(new Error(`the server did not start: ${printed}`));
      const timer = setTimeout(fail, START_MS);
      void ended.then(fail);
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        printed = `${printed}${text}`.slice(-5_000);
      });
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const [, found] = /listening on (\d+)/.exec(text) ?? [];
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(found);
      });
    });
    return new ServerProcess(child, `http://127.0.0.1:${port}`, ended);
  }

  /** The most memory it has had, in MiB. Linux only: elsewhere 0. */
  async peakMemory(): Promise<number> {
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8').catch(() => '');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  }

  /** Ends it at once, as a crash does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
