import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { requireChromium } from './lib/chromium.mjs';
import { followParent } from './lib/follow-parent.mjs';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, Explained, run, signalChildren } from './lib/run.mjs';
import { add, nothing, readCounts, readPlaywright, readVitest } from './lib/test-reports.mjs';
import { startServers } from './lib/test-servers.mjs';

// `npm test [-- --unit --integration --e2e --chaos --crash --bench]`: every suite, or those named. A suite that
// could not run, that found no test, or that skipped one, is a failure: silence is never taken for success.

const SUITES = /** @type {const} */ (['unit', 'integration', 'e2e', 'crash', 'chaos', 'bench']);
/** @typedef {(typeof SUITES)[number]} Suite */

/**
 * What each suite needs to be built.
 * @type {Readonly<Record<Suite, readonly import('./lib/build-parts.mjs').PartName[]>>}
 */
const PARTS = {
  unit: [],
  integration: ['server'],
  e2e: ['server', 'web'],
  crash: ['server', 'web', 'chaos'],
  chaos: ['server', 'web', 'chaos'],
  bench: ['server', 'web', 'bench'],
};

const reports = join(root, '.cache', 'test');
/** @param {string} file */
const isIntegration = (file) => file.endsWith('.int-spec.ts');

let interrupted = false;

await command(async () => {
  followParent();
  const wanted = wantedSuites(process.argv.slice(2));
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  await prepare([...new Set(wanted.flatMap((suite) => PARTS[suite]))]);
  const chromium = wanted.includes('e2e') ? await requireChromium() : undefined;
  const servers = wanted.some((suite) => suite !== 'unit')
    ? await startServers()
    : { env: {}, stop: async () => {} };
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    interrupted = true;
    signalChildren(signal);
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);

  /** @type {Map<Suite, import('./lib/test-reports.mjs').Outcome>} */
  const outcomes = new Map();
  try {
    await runVitest(wanted, servers.env, outcomes);
    if (chromium && !interrupted) await runPlaywright({ ...servers.env, CHROMIUM_PATH: chromium }, outcomes);
    for (const suite of /** @type {const} */ (['crash', 'chaos', 'bench']))
      if (wanted.includes(suite) && !interrupted) await runShort(suite, servers.env, outcomes);
  } finally {
    await servers.stop();
  }
  return summarise(wanted, outcomes);
});

/**
 * @param {readonly Suite[]} wanted
 * @param {Record<string, string>} env
 * @param {Map<Suite, import('./lib/test-reports.mjs').Outcome>} outcomes
 */
async function runVitest(wanted, env, outcomes) {
  const projects = [
    ...(wanted.includes('unit') ? ['unit', 'web'] : []),
    ...(wanted.includes('integration') ? ['integration'] : []),
  ];
  if (projects.length === 0) return;
  const report = join(reports, 'vitest.json');
  const status = await run(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    { env: withoutMode({ ...process.env, ...env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' }) },
  );
  if (wanted.includes('unit'))
    outcomes.set('unit', readVitest(report, (file) => !isIntegration(file)) ?? nothing());
  if (wanted.includes('integration'))
    outcomes.set('integration', readVitest(report, isIntegration) ?? nothing());
  explain(status, outcomes);
}

/**
 * @param {Record<string, string>} env
 * @param {Map<Suite, import('./lib/test-reports.mjs').Outcome>} outcomes
 */
async function runPlaywright(env, outcomes) {
  const report = join(reports, 'playwright.json');
  const status = await run(
    process.execPath,
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--config',
      'e2e/playwright.config.ts',
      '--reporter=list,json',
    ],
    { env: withoutMode({ ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }) },
  );
  const outcome = new Map([['e2e', readPlaywright(report) ?? nothing()]]);
  explain(status, outcome);
  outcomes.set('e2e', outcome.get('e2e') ?? nothing());
}

/**
 * The short form of a suite that is a program of its own. Last: they leave no processor to anybody else.
 * @param {'crash' | 'chaos' | 'bench'} suite
 * @param {Record<string, string>} env
 * @param {Map<Suite, import('./lib/test-reports.mjs').Outcome>} outcomes
 */
async function runShort(suite, env, outcomes) {
  const report = join(reports, `${suite}.json`);
  // With --report the benchmark makes its page anew.
  const args = [`scripts/${suite}.mjs`, '--short', suite === 'bench' ? '--outcome' : '--report', report];
  const status = await run(process.execPath, args, { env: withoutMode({ ...process.env, ...env }) });
  const outcome = new Map([[suite, readCounts(report) ?? nothing()]]);
  explain(status, outcome);
  outcomes.set(suite, outcome.get(suite) ?? nothing());
}

/**
 * A runner's error status that no failed test explains (an error outside of any) is a failure of its own.
 * A suite without any test needs none: it is one anyway.
 * @param {number} status
 * @param {Map<string, import('./lib/test-reports.mjs').Outcome>} outcomes of that runner
 */
function explain(status, outcomes) {
  const all = [...outcomes.values()];
  if (status === 0 || all.some(({ passed, failed }) => failed > 0 || passed === 0)) return;
  const [first] = all;
  if (first) first.failed += 1;
}

/**
 * Prints what came of each suite, then the sum alone on the last line.
 * @param {readonly Suite[]} wanted
 * @param {Map<Suite, import('./lib/test-reports.mjs').Outcome>} outcomes
 * @returns {number} the exit status
 */
function summarise(wanted, outcomes) {
  let sum = nothing();
  console.log('');
  for (const suite of wanted) {
    const outcome = outcomes.get(suite) ?? nothing();
    const idle = outcome.passed + outcome.failed === 0;
    if (idle) outcome.failed = 1;
    const remarks = [
      ...(idle ? ['no test was run, which counts as a failure'] : []),
      ...(outcome.flaky ? [`${outcome.flaky} at the second try`] : []),
      ...(outcome.skipped > 0 ? [`${outcome.skipped} skipped, which count as failures`] : []),
    ];
    console.log(
      `${suite}: ${outcome.passed} passed, ${outcome.failed} failed${remarks.map((remark) => `; ${remark}`).join('')}`,
    );
    sum = add(sum, outcome);
  }
  if (interrupted) console.log('interrupted');
  console.log(`${sum.passed} passed, ${sum.failed + sum.skipped} failed`);
  return sum.failed + sum.skipped > 0 || interrupted ? 1 : 0;
}

/**
 * @param {readonly string[]} args
 * @returns {readonly Suite[]}
 */
function wantedSuites(args) {
  for (const arg of args) {
    if (!SUITES.some((suite) => arg === `--${suite}`)) {
      throw new Explained(
        `npm test does not know ${arg}. It takes --unit, --integration, --e2e, --crash, --chaos and --bench, or nothing for all.`,
      );
    }
  }
  return args.length === 0 ? SUITES : SUITES.filter((suite) => args.includes(`--${suite}`));
}

/**
 * The runners set NODE_ENV themselves: one from the person's shell would change what is tested.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutMode(env) {
  delete env.NODE_ENV;
  return env;
}
