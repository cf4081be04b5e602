import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doclight-lock-'));
  file = join(folder, 'cache', 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

const neverWait = (): void => {
  throw new Error('waited');
};

/** Runs a script in a process of its own that imports the lock as `withLock`, with the lock's file as `file`. */
function runScript(body: string): {
  ended: Promise<number | null>;
  printed: Promise<string>;
  release(): void;
  kill(): void;
} {
  const prelude = `import { withLock } from ${JSON.stringify(new URL('./lock.mjs', import.meta.url).href)};
    import { appendFileSync } from 'node:fs'; import { once } from 'node:events'; import { readFile } from 'node:fs/promises';
    const file = ${JSON.stringify(file)}; const log = ${JSON.stringify(join(folder, 'log'))};`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', prelude + body], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return {
    ended: new Promise((resolve) => child.once('exit', resolve)),
    printed: new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text)))),
    release: () => child.stdin.write('go'),
    kill: () => child.kill('SIGKILL'),
  };
}

test('holds the file while it works, and answers what the work answers', async () => {
  const answer = await withLock(file, neverWait, async () => readFileSync(file, 'utf8'));
  expect(answer).toBe(String(process.pid));
  expect(existsSync(file)).toBe(false);
});

test('lets go when the work fails', async () => {
  await expect(withLock(file, neverWait, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});

test('is held by one process at a time, and none of many is left out', async () => {
  const body = `await withLock(file, () => {}, async () => {
    appendFileSync(log, '('); await readFile(process.execPath); appendFileSync(log, ')'); });`;
  const ended = Array.from({ length: 6 }, () => runScript(body).ended);
  expect(await Promise.all(ended)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('()'.repeat(6));
});

test('waits for a holder that lives, and says so once', async () => {
  const holder = runScript(
    `await withLock(file, () => {}, async () => { console.log('held'); await once(process.stdin, 'data'); process.stdin.destroy(); });`,
  );
  await holder.printed;
  let waits = 0;
  await withLock(
    file,
    () => {
      waits += 1;
      holder.release();
    },
    async () => {},
  );
  expect(waits).toBe(1);
  expect(await holder.ended).toBe(0);
});

test('is taken over at once from a holder that was killed', async () => {
  const holder = runScript(
    `await withLock(file, () => {}, async () => { console.log('held'); await once(process.stdin, 'data'); });`,
  );
  await holder.printed;
  holder.kill();
  await holder.ended;
  expect(existsSync(file)).toBe(true);
  await withLock(file, neverWait, async () => {});
  expect(existsSync(file)).toBe(false);
});

test('is taken over from a living process that has not renewed it: the id was given to someone else', async () => {
  await withLock(file, neverWait, async () => {});
  writeFileSync(file, String(process.ppid));
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(file, longAgo, longAgo);
  await withLock(file, neverWait, async () => {});
});
