import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../../scripts/lib/paths.mjs';
import { startOwnRedis } from '../../../../scripts/lib/redis.mjs';
import { Explained } from '../../../../scripts/lib/run.mjs';
import type { Case } from '../case.js';
import { round } from '../figures.js';
import type { RedisWritesInput, RedisWritesResult } from '../load/redis-writes.js';
import { pin } from '../machine.js';
import { runLoad } from '../processes.js';

const AT_ONCE = 64;
const WORKSPACES = 10;

/** Writes a second that `redis-benchmark` reaches with the script of a change, on one connection, as many at once. */
async function benchmarkScript(port: number, writes: number): Promise<number> {
  const file = join(root, 'server/src/presence/redis/apply-changes.lua');
  const source = readFileSync(file, 'utf8').replaceAll(/^ *--.*\n/gm, '');
  const entry = JSON.stringify({
    user: { id: 'user-0000', name: 'Visitor 0000', color: '#7c3aed' },
    phase: 'edit',
    since: 1_700_000_000_000,
    unsaved: false,
    attention: 'active',
  });
  const keys = ['version', 'entries', 'gateways'].map((name) => `doclight:{bench}:${name}`);
  const change = [
    'doclight:{bench}:feed',
    'gateway',
    '1',
    '0',
    '3600',
    'd\ngateway\ndocument-__rand_int__\nuser',
    entry,
  ];
  const options = [
    '-p',
    String(port),
    '-n',
    String(writes),
    '-r',
    '640',
    '-c',
    '1',
    '-P',
    String(AT_ONCE),
    '--csv',
  ];
  const command = ['EVAL', source, String(keys.length), ...keys, ...change];
  const { stdout } = await promisify(execFile)('redis-benchmark', [...options, ...command], {
    maxBuffer: 1024 * 1024,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Explained(
      'redis-benchmark is not on the PATH. It comes with Redis: on Debian, apt-get install redis-tools.',
    );
  });
  // The name of the test, which is the script, stands before the figures.
  const [, perSecond] =
    /","(\d+(?:\.\d+)?)"/.exec(stdout.slice(stdout.lastIndexOf(entry.at(-1) ?? ''))) ?? [];
  if (perSecond === undefined) throw new Error(`redis-benchmark printed no figure:\n${stdout.slice(-500)}`);
  return Number(perSecond);
}

export const redisWritesCase: Case = {
  name: 'redis-writes',
  title: `Presence written through the Redis store, ${AT_ONCE} at once, without sockets`,
  async run({ short, cores }) {
    const writes = short ? 1_000 : 100_000;
    const redis = await startOwnRedis();
    try {
      pin(redis.pid, cores.load);
      const bare = await benchmarkScript(redis.port, writes);
      const input: RedisWritesInput = {
        redisUrl: `redis://127.0.0.1:${redis.port}`,
        workspaces: WORKSPACES,
        atOnce: AT_ONCE,
        writes,
      };
      const { seconds, latency } = await runLoad<RedisWritesInput, RedisWritesResult>(
        'redisWrites',
        input,
        cores.server,
      );
      const own = writes / seconds;
      return [
        { case: this.name, setting: 'redis-benchmark', figures: { 'writes/s': round(bare) } },
        {
          case: this.name,
          setting: 'Doclight',
          figures: {
            'writes/s': round(own),
            'of redis-benchmark': round(own / bare),
            'p50 ms': latency.p50,
            'p99 ms': latency.p99,
          },
          judged: ['of redis-benchmark'],
          target: 'at least half',
          met: own >= bare / 2,
        },
      ];
    } finally {
      await redis.stop();
    }
  },
};
