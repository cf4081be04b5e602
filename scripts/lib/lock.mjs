import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How often a holder shows that it is at work, and when one that no longer does has lost the lock. */
const RENEW_MS = 2_000;
const LAPSE_MS = 30_000;
const POLL_MS = 200;

/**
 * Does something that only one process may do at a time. The lock is a file with the holder's process
 * id; that of a holder that died, or that has not renewed it for 30 s (its process id was given to
 * someone else), is taken over.
 * @template T
 * @param {string} file
 * @param {() => void} onWait called once, before the first wait for another holder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, onWait, work) {
  mkdirSync(dirname(file), { recursive: true });
  for (let waited = false; !take(file); waited = true) {
    if (!waited) onWait();
    await delay(POLL_MS);
  }
  const release = () => rmSync(file, { force: true });
  const renewal = setInterval(() => utimesSync(file, new Date(), new Date()), RENEW_MS);
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    process.off('exit', release);
    release();
  }
}

/**
 * @param {string} file
 * @returns {boolean} whether the lock is ours now
 */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  const seen = read(file);
  if (seen !== undefined && !isLapsed(seen)) return false;
  if (seen !== undefined) remove(file, seen);
  return take(file);
}

/**
 * Takes a lapsed lock away. Another process may have done so first and hold a new one by now: moving
 * the file aside tells which one was met, and a living holder gets its own back.
 * @param {string} file
 * @param {{ pid: string }} lapsed
 */
function remove(file, lapsed) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== lapsed.pid) linkSync(aside, file);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EEXIST')) throw error;
  }
  rmSync(aside, { force: true });
}

/**
 * @param {string} file
 * @returns {{ pid: string, age: number } | undefined} nothing where the file has gone meanwhile
 */
function read(file) {
  try {
    return { pid: readFileSync(file, 'utf8'), age: Date.now() - statSync(file).mtimeMs };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** @param {{ pid: string, age: number }} lock */
function isLapsed({ pid, age }) {
  // Between creating the file and writing the id into it, a lock is empty for a moment.
  if (pid === '') return age > POLL_MS * 5;
  if (age > LAPSE_MS || Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return hasCode(error, 'ESRCH');
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
