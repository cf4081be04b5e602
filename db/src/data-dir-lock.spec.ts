import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDirLockedError, dataDirHolder, lockDataDir } from './data-dir-lock.js';

/** Id of a process that has just ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('the lock of a data folder', () => {
  let folder: string;
  const file = () => join(folder, 'doclight.lock');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doclight-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is held by one, named in the refusal, and given back whole', async () => {
    expect(await dataDirHolder(folder)).toBeNull();
    const unlock = await lockDataDir(folder);
    expect(await dataDirHolder(folder)).toBe(process.pid);
    await expect(lockDataDir(folder)).rejects.toThrow(DataDirLockedError);
    await expect(lockDataDir(folder)).rejects.toThrow(
      `${folder} is open in another process (pid ${process.pid})`,
    );
    await unlock();
    expect(readdirSync(folder)).toEqual([]);
    await (await lockDataDir(folder))();
  });

  it.each([
    ['of a dead process', () => JSON.stringify({ pid: deadPid(), startedAt: null })],
    ['of a process whose id is used again', () => JSON.stringify({ pid: process.pid, startedAt: '1' })],
    ['cut off', () => '{"pid":'],
    ['empty', () => ''],
  ])('is taken over where it was left %s', async (_, content) => {
    writeFileSync(file(), content());
    expect(await dataDirHolder(folder)).toBeNull();
    const unlock = await lockDataDir(folder);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ pid: process.pid });
    await unlock();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['free', () => {}],
    [
      'left by a dead process',
      () => writeFileSync(file(), JSON.stringify({ pid: deadPid(), startedAt: null })),
    ],
  ])('goes to one of many who want it at once where it is %s', async (_, prepare) => {
    for (let round = 0; round < 20; round += 1) {
      prepare();
      const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => lockDataDir(folder)));
      const won = attempts.filter((attempt) => attempt.status === 'fulfilled').map(({ value }) => value);
      const lost = attempts.filter((attempt) => attempt.status === 'rejected').map(({ reason }) => reason);
      expect(won).toHaveLength(1);
      for (const reason of lost) expect(reason).toBeInstanceOf(DataDirLockedError);
      expect(existsSync(file())).toBe(true);
      await won[0]?.();
      expect(readdirSync(folder)).toEqual([]);
    }
  });
});
