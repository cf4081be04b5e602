import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { alone, prepare } from './lib/prepare.mjs';
import { command, Explained, runQuietly, step } from './lib/run.mjs';

// `npm run check`: everything that can be said about the source without running it. Every check runs, also
// after one has failed.

/** @type {readonly [title: string, check: () => Promise<unknown>][]} */
const checks = [
  ['Format and lint', () => tool('biome', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings'])],
  ['Types of protocol, db and server', () => alone(() => types('-b', 'server'))],
  ['Types of their tests', () => types('-p', 'tsconfig.tests.json')],
  [
    'Types of the web',
    () =>
      routeTypes()
        .then(() => types('-p', 'web', '--noEmit'))
        .then(() => types('-p', 'web/tsconfig.worker.json')),
  ],
  ['Types of e2e and scripts', () => types('-p', 'e2e').then(() => types('-p', '.'))],
  ['Dependency rules', architecture],
  ['Published contract', () => tool('contract-docs', '../scripts/contract-docs.mjs', ['--check'])],
  ['Published performance', () => tool('bench', '../scripts/bench.mjs', ['--report', '--check'])],
];

await command(async () => {
  await prepare([]);
  const failures = [];
  for (const [title, check] of checks) {
    try {
      await step(title, check);
    } catch (error) {
      if (!(error instanceof Explained)) throw error;
      console.error(error.message);
      failures.push(title);
    }
  }
  if (failures.length > 0) throw new Explained(`\nFailed: ${failures.join(', ')}.`);
});

/** @param {string[]} args */
function types(...args) {
  return tool(`tsc ${args.join(' ')}`, 'typescript/bin/tsc', args);
}

/** Next writes the types of the routes as they are now: those of an earlier build may name pages that are gone. */
function routeTypes() {
  return tool('next typegen', 'next/dist/bin/next', ['typegen', 'web']);
}

/**
 * @param {string} name
 * @param {string} script from node_modules
 * @param {readonly string[]} args
 */
function tool(name, script, args) {
  return runQuietly(name, process.execPath, [join(root, 'node_modules', script), ...args]);
}

/** Loaded late: it needs what `prepare` installs. */
async function architecture() {
  const { checkArchitecture } = await import('./rules/architecture.mjs');
  const { violations } = checkArchitecture(root);
  if (violations.length === 0) return;
  const lines = violations.map(
    ({ rule, comment, from, to, line }) => `${from}:${line} -> ${to}\n  ${rule}: ${comment}`,
  );
  throw new Explained(
    `${lines.join('\n')}\n${violations.length} imports or calls break the rules of the house.`,
  );
}
