import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../config/config.js';
import { writeControlFile } from '../control/control-file.js';
import type { Backend } from './command.js';
import { connect, type DataFolder } from './connect.js';

const here: Backend = {
  run: () => Promise.reject(new Error('not asked here')),
  close: async () => {},
};
class Taken extends Error {}

/** A folder that tells its holders one after the other, the last one again and again. */
function folder(holders: (number | null)[], opens: (() => Backend)[] = [() => here]): DataFolder {
  return {
    holder: async () => (holders.length > 1 ? (holders.shift() ?? null) : (holders[0] ?? null)),
    open: async () => (opens.length > 1 ? (opens.shift() ?? (() => here)) : (opens[0] ?? (() => here)))(),
    isTaken: (error) => error instanceof Taken,
  };
}

describe('connect', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'doclight-'));
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await rm(dataDir, { recursive: true });
  });

  /** Lets time pass as fast as it is waited for. */
  async function settle<T>(pending: Promise<T>): Promise<T> {
    let settled = false;
    const end = () => {
      settled = true;
    };
    pending.then(end, end);
    while (!settled) {
      await vi.advanceTimersByTimeAsync(200);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return pending;
  }

  it('opens PostgreSQL here, whoever else does', async () => {
    const config = loadConfig({ DATABASE_URL: 'postgresql://localhost/doclight' });
    expect(await connect(config, folder([1]))).toBe(here);
  });

  it('opens a folder that nobody holds', async () => {
    expect(await connect(loadConfig({ DATA_DIR: dataDir }), folder([null]))).toBe(here);
  });

  it('waits for a holder that takes no commands, and for one that was quicker', async () => {
    const taken = () => {
      throw new Taken();
    };
    const config = loadConfig({ DATA_DIR: dataDir });
    expect(await settle(connect(config, folder([7, 7, null], [taken, () => here])))).toBe(here);
  });

  it('gives up in the end, and does not trust the file of a server that is gone', async () => {
    await writeControlFile(dataDir, { pid: 6, port: 1, token: 'old' });
    const config = loadConfig({ DATA_DIR: dataDir });
    await expect(settle(connect(config, folder([7])))).rejects.toThrow('is open in process 7');
  });

  it('passes on why a folder cannot be opened', async () => {
    const broken = () => {
      throw new Error('disk is full');
    };
    const config = loadConfig({ DATA_DIR: dataDir });
    await expect(connect(config, folder([null], [broken]))).rejects.toThrow('disk is full');
  });
});
