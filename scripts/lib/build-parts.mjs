import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { runQuietly } from './run.mjs';

/**
 * Something that is built as a whole.
 * @typedef {object} Part
 * @property {string} title as in "Building the server"
 * @property {readonly string[]} inputs files and folders, from the root, whose content decides
 * @property {readonly string[]} outputs files that are there when it is built
 * @property {(complete: boolean) => Promise<unknown>} build `complete`: outputs are missing, trust no earlier build
 */

const PROTOCOL = ['server/protocol/src', 'server/protocol/tsconfig.json', 'server/protocol/package.json'];
const COMMON = ['tsconfig.base.json', 'package-lock.json'];

/** Content that no build reads: what is built, and tests. */
const IGNORED =
  /^(node_modules|dist|\.next|testing)$|\.tsbuildinfo$|^next-env\.d\.ts$|\.(spec|int-spec|contract)\.tsx?$/;

/** @type {Readonly<Record<'protocol' | 'server' | 'web' | 'chaos' | 'bench', Part>>} */
export const parts = {
  protocol: {
    title: 'Building the protocol',
    inputs: [...COMMON, ...PROTOCOL],
    outputs: ['server/protocol/dist/index.js'],
    build: (complete) => compile('Building the protocol', 'server/protocol', complete),
  },
  server: {
    title: 'Building the server',
    inputs: [
      ...COMMON,
      ...PROTOCOL,
      ...['db/src', 'db/tsconfig.json', 'db/package.json'],
      ...['server/src', 'server/tsconfig.json', 'server/package.json'],
    ],
    outputs: ['server/protocol/dist/index.js', 'db/dist/index.js', 'server/dist/main.js'],
    build: (complete) => compile('Building the server', 'server', complete),
  },
  web: {
    title: 'Building the web',
    inputs: [...COMMON, ...PROTOCOL, 'web'],
    outputs: ['web/.next/BUILD_ID'],
    build: () => node('Building the web', 'node_modules/next/dist/bin/next', ['build', 'web']),
  },
  chaos: {
    title: 'Building the chaos suites',
    inputs: [...COMMON, 'e2e/chaos'],
    outputs: ['e2e/dist/main.js', 'e2e/dist/crash/main.js'],
    build: () => node('Building the chaos suites', 'node_modules/typescript/bin/tsc', ['-p', 'e2e/chaos']),
  },
  bench: {
    title: 'Building the benchmark',
    inputs: [...COMMON, 'server/bench'],
    outputs: ['server/bench/dist/main.js'],
    build: () => node('Building the benchmark', 'node_modules/typescript/bin/tsc', ['-p', 'server/bench']),
  },
};

/** @typedef {keyof typeof parts} PartName */

/**
 * @param {PartName} name
 * @returns {boolean} whether what is built came from the present content of its inputs
 */
export function isFresh(name) {
  const { outputs } = parts[name];
  return outputs.every((path) => existsSync(join(root, path))) && readStamp(name) === stampOf(name);
}

/**
 * Builds a part and writes down what it was built from.
 * @param {PartName} name
 */
export async function build(name) {
  const { outputs, build } = parts[name];
  const complete = readStamp(name) === undefined || outputs.some((path) => !existsSync(join(root, path)));
  rmSync(stampFile(name), { force: true });
  // Read before the build: an edit made during it is seen as one the next time.
  const sources = sourcesOf(name);
  await build(complete);
  mkdirSync(dirname(stampFile(name)), { recursive: true });
  writeFileSync(stampFile(name), `${sources} ${outputsOf(name)}`);
}

/**
 * The content of the inputs, and which build the outputs are of: they can be replaced without us, by a
 * tool called directly.
 * @param {PartName} name
 */
function stampOf(name) {
  return `${sourcesOf(name)} ${outputsOf(name)}`;
}

/** @param {PartName} name */
function sourcesOf(name) {
  const hash = createHash('sha256').update(process.version);
  for (const path of parts[name].inputs) addTo(hash, path);
  return hash.digest('hex');
}

/** @param {PartName} name */
function outputsOf(name) {
  const hash = createHash('sha256');
  for (const path of parts[name].outputs) hash.update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path a file or folder, from the root; a missing one counts as such
 */
function addTo(hash, path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) {
    hash.update(`${path}\0-\0`);
    return;
  }
  const entries = listFolder(absolute);
  if (!entries) {
    const content = readFileSync(absolute);
    hash.update(`${path}\0${content.length}\0`).update(content);
    return;
  }
  for (const entry of entries) if (!IGNORED.test(entry)) addTo(hash, `${path}/${entry}`);
}

/**
 * @param {string} path
 * @returns {string[] | undefined} the sorted names in a folder; nothing for a file
 */
function listFolder(path) {
  try {
    return readdirSync(path).sort();
  } catch {
    return undefined;
  }
}

/** @param {PartName} name */
function stampFile(name) {
  return join(root, '.cache', 'build', name);
}

/** @param {PartName} name */
function readStamp(name) {
  try {
    return readFileSync(stampFile(name), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @param {string} what
 * @param {string} project folder of a TypeScript project; those it refers to are built too
 * @param {boolean} complete
 */
function compile(what, project, complete) {
  return node(what, 'node_modules/typescript/bin/tsc', ['-b', project, ...(complete ? ['--force'] : [])]);
}

/**
 * @param {string} what
 * @param {string} script
 * @param {readonly string[]} args
 */
function node(what, script, args) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  // Next takes `production` for a build by itself; another value of the person's shell confuses it.
  delete env.NODE_ENV;
  return runQuietly(what, process.execPath, [join(root, script), ...args], { env });
}
