import { watch } from 'node:fs';
import { join } from 'node:path';
import { followParent } from './lib/follow-parent.mjs';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, signalChildren, start } from './lib/run.mjs';

// `npm run dev`: the server is compiled on every change and started again, the web is served by Next in its
// development mode. Everything is on the one port that `npm start` uses, with the same data.

/** The compiler writes many files for one change: the restart waits until it has come to rest. */
const REST_MS = 200;
const BUILT = ['server/dist', 'server/protocol/dist', 'db/dist'];

/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
let stopping = false;
/** @type {NodeJS.Timeout | undefined} */
let pending;

await command(async () => {
  followParent();
  await prepare(['server']);
  start(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-b', 'server', '--watch', '--preserveWatchOutput'],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  for (const folder of BUILT) {
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (file?.endsWith('.js') && !/\.(spec|int-spec|contract)\.js$/.test(file)) restartSoon();
    });
  }
  startServer();
  process.on('SIGINT', stop).on('SIGTERM', stop);
});

function startServer() {
  const env = { ...process.env, NEXT_DEV: 'true', NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' };
  const child = start(process.execPath, ['--enable-source-maps', 'server/dist/main.js'], {
    stdio: 'inherit',
    env,
  });
  server = child;
  child.once('exit', (code) => {
    if (server === child) server = undefined;
    if (!stopping && code !== 0) console.log('The server has ended. It starts again with the next change.');
  });
}

function restartSoon() {
  if (stopping) return;
  clearTimeout(pending);
  pending = setTimeout(() => {
    if (!server) return startServer();
    // The next one starts when this one has let go of the port and of the data.
    server.once('exit', () => {
      if (!stopping) startServer();
    });
    server.kill('SIGTERM');
    server = undefined;
  }, REST_MS);
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  if (stopping) return;
  stopping = true;
  clearTimeout(pending);
  signalChildren(signal);
  if (!server) process.exit(0);
  server.once('exit', () => process.exit(0));
}
