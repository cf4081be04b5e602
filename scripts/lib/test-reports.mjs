import { readFileSync } from 'node:fs';

/**
 * What came of a suite.
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed tests that failed, and files that could not be run at all
 * @property {number} skipped tests that were found and not run
 * @property {number} [flaky] passed ones that first failed
 */

/** @returns {Outcome} */
export const nothing = () => ({ passed: 0, failed: 0, skipped: 0 });

/**
 * @param {Outcome} a
 * @param {Outcome} b
 * @returns {Outcome}
 */
export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * Reads vitest's JSON report.
 * @param {string} file
 * @param {(path: string) => boolean} [matches] which test files to count; all where left out
 * @returns {Outcome | undefined} nothing where the runner wrote no report
 */
export function readVitest(file, matches = () => true) {
  /** @type {{ testResults: { name: string, status: string, assertionResults: { status: string }[] }[] } | undefined} */
  const report = readJson(file);
  if (!report) return undefined;
  const outcome = nothing();
  for (const { name, status, assertionResults } of report.testResults) {
    if (!matches(name)) continue;
    const failedBefore = outcome.failed;
    for (const test of assertionResults) {
      if (test.status === 'passed') outcome.passed += 1;
      else if (test.status === 'failed') outcome.failed += 1;
      else outcome.skipped += 1;
    }
    if (status === 'failed' && outcome.failed === failedBefore) outcome.failed += 1;
  }
  return outcome;
}

/**
 * Reads Playwright's JSON report.
 * @param {string} file
 * @returns {Outcome | undefined} nothing where the runner wrote no report
 */
export function readPlaywright(file) {
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] } | undefined} */
  const report = readJson(file);
  if (!report) return undefined;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected + flaky,
    flaky,
    failed: unexpected + (unexpected === 0 ? report.errors.length : 0),
    skipped,
  };
}

/**
 * Reads the counts that a runner of our own writes down.
 * @param {string} file
 * @returns {Outcome | undefined} nothing where the runner wrote no report
 */
export function readCounts(file) {
  /** @type {Outcome | undefined} */
  const report = readJson(file);
  return report && { passed: report.passed, failed: report.failed, skipped: report.skipped };
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
