import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canInstallPackages, installPackages } from './debian.mjs';
import { freePort } from './postgres.mjs';
import { Explained, findProgram, runQuietly } from './run.mjs';

const SERVERS = ['redis-server', 'valkey-server'];
/** Hash slots of a cluster. @see https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/ */
const SLOTS = 16_384;
const MASTERS = 3;

/**
 * A Redis for tests: the one of `TEST_REDIS_URL` where it is set, else a throw-away one on a free
 * loopback port that keeps nothing on disk.
 * @returns {Promise<import('./postgres.mjs').TestServer>}
 * @throws {Explained} where no Redis can be had; the message says how to get one
 */
export async function startRedis() {
  const given = process.env.TEST_REDIS_URL;
  if (given) return { url: given, stop: async () => {} };
  const node = await startNode(await requireProgram(), []);
  return { url: `redis://127.0.0.1:${node.port}`, stop: node.stop };
}

/**
 * A Redis of one's own, whatever `TEST_REDIS_URL` says: one that a test may kill, pause and empty.
 * @param {number} [port] a free one where left out; that of one that has ended, to start it again, empty
 * @returns {Promise<{ port: number, pid: number, stop: () => Promise<void> }>} `stop` kills it
 * @throws {Explained} as `startRedis` does
 */
export async function startOwnRedis(port) {
  return startNode(await requireProgram(), [], port);
}

/**
 * A Redis Cluster of three masters for tests; the one of `TEST_REDIS_CLUSTER_URL` where it is set.
 * @returns {Promise<import('./postgres.mjs').TestServer>} its `url` lists the masters, joined by commas
 * @throws {Explained} as `startRedis` does
 */
export async function startRedisCluster() {
  const given = process.env.TEST_REDIS_CLUSTER_URL;
  if (given) return { url: given, stop: async () => {} };
  const program = await requireProgram();
  /** @type {Awaited<ReturnType<typeof startNode>>[]} */
  const nodes = [];
  /** @type {number[]} */
  const buses = [];
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  try {
    for (let i = 0; i < MASTERS; i += 1) {
      // By default ten thousand above the port, where there may be no port any more.
      const bus = await freePort();
      const options = [
        '--cluster-enabled',
        'yes',
        '--cluster-node-timeout',
        '2000',
        '--cluster-port',
        String(bus),
      ];
      nodes.push(await startNode(program, options));
      buses.push(bus);
    }
    await joinNodes(
      nodes.map(({ port }) => port),
      buses,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: nodes.map(({ port }) => `redis://127.0.0.1:${port}`).join(','), stop };
}

/**
 * Makes a cluster of separate servers: shares the slots out, introduces them, waits until they agree.
 * @param {readonly number[]} ports
 * @param {readonly number[]} buses the ports on which they talk to each other
 */
async function joinNodes(ports, buses) {
  const cli = findProgram('redis-cli') ?? findProgram('valkey-cli');
  if (!cli) throw new Explained('The tests need redis-cli or valkey-cli beside the server.');
  const [first = 0] = ports;
  /** @param {number} port @param {readonly string[]} args */
  const ask = (port, ...args) =>
    runQuietly('redis-cli', cli, ['-h', '127.0.0.1', '-p', String(port), ...args]);
  for (const [i, port] of ports.entries()) {
    const from = Math.floor((SLOTS * i) / ports.length);
    const to = Math.floor((SLOTS * (i + 1)) / ports.length) - 1;
    await ask(port, 'CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
    await ask(port, 'CLUSTER', 'SET-CONFIG-EPOCH', String(i + 1));
  }
  for (const port of ports) {
    await ask(port, 'CLUSTER', 'MEET', '127.0.0.1', String(first), String(buses[0]));
  }
  const deadline = Date.now() + 20_000;
  for (const port of ports) {
    while (!(await ask(port, 'CLUSTER', 'INFO')).includes('cluster_state:ok')) {
      if (Date.now() > deadline) throw new Explained('The Redis Cluster for tests does not come together.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/**
 * @param {string} program
 * @param {readonly string[]} options
 * @param {number} [wantedPort]
 * @returns {Promise<{ port: number, pid: number, stop: () => Promise<void> }>}
 */
async function startNode(program, options, wantedPort) {
  const folder = mkdtempSync(join(tmpdir(), 'doclight-redis-'));
  const port = wantedPort ?? (await freePort());
  const args = [
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  const child = spawn(program, [...args, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A Ctrl-C at the terminal reaches the whole group: the tests end first, then their server.
    detached: true,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const endNow = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', endNow);
  let log = '';
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Explained(`Redis did not start:\n${log}`)));
    child.stdout.setEncoding('utf8').on('data', (text) => {
      if (log.length < 20_000) log += text;
      if (text.includes('eady to accept connections')) resolve(undefined);
    });
  });
  return {
    port,
    pid: child.pid ?? 0,
    stop: async () => {
      process.off('exit', endNow);
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns {Promise<string>} */
async function requireProgram() {
  const find = () => SERVERS.map((name) => findProgram(name)).find((path) => path !== undefined);
  const found = find();
  if (found) return found;
  if (canInstallPackages()) {
    await installPackages(['redis-server']);
    const installed = find();
    if (installed) return installed;
  }
  throw new Explained(
    'The tests need Redis 7 or Valkey. Put redis-server or valkey-server on the PATH (Debian, Ubuntu: ' +
      'apt-get install redis-server; macOS: brew install redis), or set TEST_REDIS_URL and TEST_REDIS_CLUSTER_URL.',
  );
}
