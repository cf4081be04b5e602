import { join } from 'node:path';
import { build, isFresh, parts } from './build-parts.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';
import { Explained, signalChildren, step } from './run.mjs';

/**
 * Brings the clone up to date: dependencies as the lock file says, and the named parts built from what
 * the sources are now. Silent and quick where nothing is to be done; of several processes in one clone
 * one does the work, and the others wait for it.
 * @param {readonly import('./build-parts.mjs').PartName[]} wanted
 * @throws {Explained} where installing or building fails
 */
export async function prepare(wanted) {
  requireNode();
  if (isInstalled() && wanted.every(isFresh)) return;
  await alone(async () => {
    if (!isInstalled()) await step('Installing the dependencies', install);
    for (const name of wanted) if (!isFresh(name)) await step(parts[name].title, () => build(name));
  });
}

/**
 * Does something to what is installed or built while no other command does. A signal meanwhile ends the
 * program that is at work, too; the lock goes with this process.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(work) {
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    signalChildren(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const waiting = () => console.error('Another command is installing or building here: waiting for it ...');
    return await withLock(join(root, '.cache', 'build.lock'), waiting, work);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 20)) {
    throw new Explained(`Doclight needs Node 20.20 or newer; this is ${process.version}.`);
  }
}
