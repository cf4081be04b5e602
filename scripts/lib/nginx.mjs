import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canInstallPackages, installPackages } from './debian.mjs';
import { root } from './paths.mjs';
import { freePort } from './postgres.mjs';
import { Explained, findProgram } from './run.mjs';

/** Debian keeps it where only root's PATH looks. */
const FOLDERS = ['/usr/sbin', '/usr/local/sbin'];
const START_MS = 10_000;
const POLL_MS = 25;

/**
 * A proxy before gateways, as `docker-compose.yml` has one.
 * @typedef {object} Proxy
 * @property {string} url origin without a trailing slash
 * @property {() => Promise<void>} restart ends it with everything that goes through it, and starts it again
 * @property {() => Promise<void>} stop ends it and removes its files
 */

/**
 * Starts nginx with the configuration that is shipped (`deploy/nginx/doclight.conf`) before gateways of
 * one's own, on a free loopback port.
 * @param {readonly number[]} gatewayPorts on 127.0.0.1
 * @returns {Promise<Proxy>}
 * @throws {Explained} where no nginx can be had; the message says how to get one
 */
export async function startNginx(gatewayPorts) {
  const program = await requireNginx();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'doclight-nginx-'));
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, gatewayPorts));

  /** @type {(() => Promise<void>) | undefined} */
  let end;
  const removeNow = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', removeNow);
  const start = async () => {
    end = await run(program, folder, port);
  };
  const stop = async () => {
    await end?.();
    process.off('exit', removeNow);
    removeNow();
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    restart: async () => {
      await end?.();
      await start();
    },
    stop,
  };
}

/**
 * @param {string} program
 * @param {string} folder
 * @param {number} port
 * @returns {Promise<() => Promise<void>>} ends it
 */
async function run(program, folder, port) {
  const child = spawn(program, ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A Ctrl-C at the terminal reaches the whole group: the tests end first, then their servers.
    detached: true,
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    if (log.length < 20_000) log += text;
  });
  let ended = false;
  /** @type {Promise<void>} */
  const exit = new Promise((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  exit.then(() => {
    ended = true;
  });
  // Not SIGKILL: the workers would stay behind.
  const endNow = () => child.kill('SIGTERM');
  process.once('exit', endNow);
  for (const deadline = Date.now() + START_MS; !(await accepts(port)); ) {
    if (ended || Date.now() > deadline) {
      endNow();
      throw new Explained(`nginx did not start:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return async () => {
    process.off('exit', endNow);
    endNow();
    await exit;
  };
}

/**
 * @param {string} folder
 * @param {number} port
 * @param {readonly number[]} gatewayPorts
 */
function configuration(folder, port, gatewayPorts) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
error_log stderr error;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {
  worker_connections 4096;
}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n  ')}
  upstream doclight {
    ${gatewayPorts.map((gateway) => `server 127.0.0.1:${gateway} max_fails=1 fail_timeout=1s;`).join('\n    ')}
    keepalive 32;
  }
  server {
    listen 127.0.0.1:${port};
    include ${join(root, 'deploy', 'nginx', 'doclight.conf')};
  }
}
`;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** @returns {Promise<string>} */
async function requireNginx() {
  const found = findProgram('nginx', FOLDERS);
  if (found) return found;
  if (canInstallPackages()) {
    await installPackages(['nginx']);
    const installed = findProgram('nginx', FOLDERS);
    if (installed) return installed;
  }
  throw new Explained(
    'The chaos suite needs nginx. Put it on the PATH (Debian, Ubuntu: apt-get install nginx; macOS: brew install nginx).',
  );
}
