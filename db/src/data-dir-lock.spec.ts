import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDirLockedError, dataDirHolder, lockDataDir } from './data-dir-lock.js';

/** Id of a process that has ended. */
const dead = spawnSync(process.execPath, ['-e', '']).pid;

describe('the lock of a data folder', () => {
  let folder: string;
  /** The lock that was left behind, if one was. */
  const file = () => join(folder, 'doclight.lock.7');
  const locks = () => readdirSync(folder);
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
    expect(await dataDirHolder(folder)).toBeNull();
    await (await lockDataDir(folder))();
    expect(locks()).toEqual(['doclight.lock.2']);
  });

  it.each([
    ['of a dead process', () => JSON.stringify({ pid: dead, startedAt: null })],
    ['of a process whose id is used again', () => JSON.stringify({ pid: process.pid, startedAt: '1' })],
    ['cut off', () => '{"pid":'],
    ['empty', () => ''],
  ])('is taken over where it was left %s', async (_, content) => {
    writeFileSync(file(), content());
    expect(await dataDirHolder(folder)).toBeNull();
    const unlock = await lockDataDir(folder);
    expect(locks()).toEqual(['doclight.lock.8']);
    expect(await dataDirHolder(folder)).toBe(process.pid);
    await unlock();
    expect(await dataDirHolder(folder)).toBeNull();
  });

  it.each([
    ['free', () => {}],
    ['left by a dead process', () => writeFileSync(file(), JSON.stringify({ pid: dead, startedAt: null }))],
  ])('goes to one of many who want it at once where it is %s', async (_, prepare) => {
    for (let round = 0; round < 100; round += 1) {
      for (const lock of locks()) rmSync(join(folder, lock));
      prepare();
      const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => lockDataDir(folder)));
      const won = attempts.filter((attempt) => attempt.status === 'fulfilled').map(({ value }) => value);
      const lost = attempts.filter((attempt) => attempt.status === 'rejected').map(({ reason }) => reason);
      expect(won).toHaveLength(1);
      for (const reason of lost) expect(reason).toBeInstanceOf(DataDirLockedError);
      expect(await dataDirHolder(folder)).toBe(process.pid);
      await won[0]?.();
      expect(locks()).toHaveLength(1);
    }
  });
});
