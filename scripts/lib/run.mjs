import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';

/** A failure whose message is all that the person needs to read: it is printed without a stack. */
export class Explained extends Error {}

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

/**
 * Passes a signal on to every program that is running now.
 * @param {NodeJS.Signals} signal
 */
export function signalChildren(signal) {
  for (const child of children) child.kill(signal);
}

/**
 * Starts a program that `signalChildren` reaches for as long as it runs.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function start(command, args, options) {
  const child = spawn(command, [...args], { cwd: root, ...options });
  children.add(child);
  child.once('error', () => children.delete(child));
  child.once('exit', () => children.delete(child));
  return child;
}

/**
 * Runs a program with our own standard streams and waits for it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit status; 128 where a signal ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 128));
  });
}

/**
 * Runs a program quietly; what it printed is shown only if it fails.
 * @param {string} what named in the error, as in "Building the web failed"
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>} what it wrote to its standard output
 * @throws {Explained} where it ends with another status than 0
 */
export function runQuietly(what, command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let all = '';
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      out += text;
      all += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      all += text;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(out);
      else reject(new Explained(`${all.trimEnd()}\n${what} failed (${signal ?? `exit status ${code}`}).`));
    });
  });
}

/**
 * Finds a program as a shell would.
 * @param {string} name
 * @param {readonly string[]} [folders] looked at after PATH
 * @returns {string | undefined} its absolute path
 */
export function findProgram(name, folders = []) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...folders]) {
    if (folder === '') continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // Not here: the next folder may have it.
    }
  }
  return undefined;
}

/**
 * Runs the body of a command: prints what is explained, throws what is not.
 * @param {() => Promise<number | void>} body answers the exit status, nothing for 0
 */
export async function command(body) {
  try {
    const status = await body();
    if (typeof status === 'number') process.exitCode = status;
  } catch (error) {
    if (!(error instanceof Explained)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/**
 * Does a long piece of work behind one calm line: what it is, and then how long it took. The line goes to
 * standard error: what a command answers on standard output may be for a program to read.
 * @template T
 * @param {string} title as in "Building the web"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const begun = Date.now();
  process.stderr.write(`${title} ...`);
  try {
    const result = await work();
    process.stderr.write(` ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stderr.write('\n');
    throw error;
  }
}
