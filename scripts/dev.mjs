import { watch } from 'node:fs';
import { join } from 'node:path';
import { followParent } from './lib/follow-parent.mjs';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, start } from './lib/run.mjs';

// `npm run dev`: the server is compiled on every change and started again, the web is served by Next in its
// development mode. Everything is on the one port that `npm start` uses, with the same data.

/** The compiler writes many files for one change: the restart waits until it has come to rest. */
const REST_MS = 200;
const BUILT = ['server/dist', 'server/protocol/dist', 'db/dist'];

/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
/** The server is to start again when it has let go of the port and of the data. */
let again = false;
let stopping = false;
/** @type {NodeJS.Timeout | undefined} */
let pending;

await command(async () => {
  followParent();
  await prepare(['server']);
  startCompiler();
  for (const folder of BUILT) {
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (file?.endsWith('.js') && !/\.(spec|int-spec|contract)\.js$/.test(file)) restartSoon();
    });
  }
  startServer();
  process.on('SIGINT', stop).on('SIGTERM', stop);
});

/** The compiler is a program behind a program that passes no signal on: both are ended as a group. */
function startCompiler() {
  const args = ['node_modules/typescript/bin/tsc', '-b', 'server', '--watch', '--preserveWatchOutput'];
  const { pid } = start(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  process.once('exit', () => {
    try {
      if (pid) process.kill(-pid, 'SIGTERM');
    } catch {
      // It has ended already.
    }
  });
}

function startServer() {
  again = false;
  const env = { ...process.env, NEXT_DEV: 'true', NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' };
  server = start(process.execPath, ['--enable-source-maps', 'server/dist/main.js'], {
    stdio: 'inherit',
    env,
  });
  server.once('exit', () => {
    server = undefined;
    if (stopping) process.exit(0);
    else if (again) startServer();
    else console.log('The server has ended. It starts again with the next change.');
  });
}

function restartSoon() {
  clearTimeout(pending);
  pending = setTimeout(() => {
    if (!server) return startServer();
    again = true;
    server.kill('SIGTERM');
  }, REST_MS);
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  stopping = true;
  clearTimeout(pending);
  if (!server) process.exit(0);
  server.kill(signal);
}
