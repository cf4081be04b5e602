import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canInstallPackages, installPackages } from './debian.mjs';
import { Explained, findProgram, runQuietly } from './run.mjs';

/**
 * A running server that tests may use, and the way to end it.
 * @typedef {object} TestServer
 * @property {string} url connection string of a role that may create databases
 * @property {() => Promise<void>} stop ends it and removes its files; does nothing to a server that was not started here
 */

const USER = 'doclight';

/**
 * A PostgreSQL server for tests: the one of `TEST_DATABASE_URL` where it is set, else a throw-away
 * cluster on a free loopback port, from the programs on the PATH or from Debian's packages (installed
 * where possible). It trusts everyone on loopback and never waits for the disk: use it for tests only.
 * @returns {Promise<TestServer>}
 * @throws {Explained} where no PostgreSQL can be had; the message says how to get one
 */
export async function startPostgres() {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };

  const programs = await requirePrograms();
  const account = await unprivilegedAccount();
  const folder = mkdtempSync(join(tmpdir(), 'doclight-postgres-'));
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';
  const init = [
    '-D',
    data,
    '-U',
    USER,
    '-A',
    'trust',
    '-E',
    'UTF8',
    `--locale=${locale}`,
    '--lc-messages=C',
    '-N',
  ];
  try {
    await runQuietly('initdb', programs.initdb, init, { ...account, cwd: folder });
    return await startCluster(programs.postgres, account, folder, data);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * @param {string} program
 * @param {{ uid?: number, gid?: number }} account
 * @param {string} folder removed when the server ends
 * @param {string} data
 * @returns {Promise<TestServer>}
 */
async function startCluster(program, account, folder, data) {
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    logging_collector: 'off',
    log_destination: 'stderr',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(program, ['-D', data, ...flags], {
    ...account,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A Ctrl-C at the terminal reaches the whole group: the tests end first, then their server.
    detached: true,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  /** A process that ends without waiting (an uncaught error) still takes its server along. */
  const endNow = () => {
    child.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', endNow);

  let log = '';
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Explained(`PostgreSQL did not start:\n${log}`)));
    child.stderr.setEncoding('utf8').on('data', (text) => {
      if (log.length < 20_000) log += text;
      if (text.includes('ready to accept connections')) resolve(undefined);
    });
  });
  return {
    url: `postgres://${USER}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      process.off('exit', endNow);
      child.kill('SIGQUIT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns {Promise<{ initdb: string, postgres: string }>} */
async function requirePrograms() {
  const found = findPrograms();
  if (found) return found;
  if (canInstallPackages()) {
    await installPackages(['postgresql']);
    const installed = findPrograms();
    if (installed) return installed;
  }
  throw new Explained(
    'The tests need PostgreSQL 15 or newer. Put its programs initdb and postgres on the PATH (Debian, Ubuntu: ' +
      'apt-get install postgresql; macOS: brew install postgresql), or set TEST_DATABASE_URL to a server ' +
      'where databases may be created.',
  );
}

/** @returns {{ initdb: string, postgres: string } | undefined} */
function findPrograms() {
  for (const folders of [[], ...debianFolders().map((folder) => [folder])]) {
    const initdb = findProgram('initdb', folders);
    const postgres = findProgram('postgres', folders);
    if (initdb && postgres) return { initdb, postgres };
  }
  return undefined;
}

/** Where Debian keeps the server's programs, newest version first. */
function debianFolders() {
  const base = '/usr/lib/postgresql';
  try {
    const versions = readdirSync(base).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(base, version, 'bin'));
  } catch {
    return [];
  }
}

/**
 * PostgreSQL refuses to run as root: then it gets an account without rights of its own.
 * @returns {Promise<{ uid?: number, gid?: number }>}
 */
async function unprivilegedAccount() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const uid = Number(await runQuietly('id', 'id', ['-u', name]));
      const gid = Number(await runQuietly('id', 'id', ['-g', name]));
      return { uid, gid };
    } catch {
      // No such account here: the next one.
    }
  }
  throw new Explained(
    'PostgreSQL refuses to run as root, and there is no account postgres or nobody to run it.',
  );
}

/**
 * A port of 127.0.0.1 that nothing listened on a moment ago.
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
