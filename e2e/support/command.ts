import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a command said. */
export interface CommandResult {
  readonly status: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs a command for operators (`import`, `export`, `accounts`), as `npm run` does, beside a running server. */
export function runCommand(dataDir: string, ...args: string[]): Promise<CommandResult> {
  return runCommandWith({ DATA_DIR: dataDir }, ...args);
}

/** As `runCommand`, with any settings: on PostgreSQL it works beside the server. */
export function runCommandWith(
  settings: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<CommandResult> {
  const { PATH = '', HOME = '', npm_execpath = '' } = process.env;
  const child = spawn(process.execPath, ['scripts/cli.mjs', ...args], {
    cwd: root,
    env: { PATH, HOME, npm_execpath, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });
}
