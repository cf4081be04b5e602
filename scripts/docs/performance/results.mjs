import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../lib/paths.mjs';
import { readPage } from '../../lib/publish.mjs';

/**
 * A line of a result: what `npm run bench` measured, and on what.
 * @typedef {object} Result
 * @property {string} case
 * @property {string} title what the case measures, in words
 * @property {string} setting which of the things that the case compares
 * @property {Point} [point] where it lies in a plot
 * @property {Readonly<Record<string, number | string>>} figures by name with their unit
 * @property {readonly string[]} [judged] the figures that the target is about
 * @property {string} [target] in words
 * @property {boolean} [met]
 * @property {Readonly<Record<string, string>>} machine
 * @property {string} date as in 2026-11-28
 * @property {Readonly<Record<string, string>>} versions by program
 */

/**
 * @typedef {object} Point
 * @property {'dashboards' | 'changes' | 'documents'} by what grows
 * @property {number} at how many of these
 * @property {string} server
 * @property {boolean} saturated whether the server or the load could do no more
 */

export const RESULTS = 'docs/performance/results.jsonl';

/** @returns {Result[]} what was recorded, in the order of the cases */
export function readResults() {
  const text = readPage(RESULTS) ?? '';
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/**
 * Puts the rows of one case in the place of those that it had; every other case keeps its own.
 * @param {readonly Result[]} fresh all rows of one case
 * @param {readonly string[]} order every case that there is; rows of others are dropped
 */
export function recordResults(fresh, order) {
  const lines = mergeResults(readResults(), fresh, order).map((result) => `${JSON.stringify(result)}\n`);
  writeFileSync(join(root, RESULTS), lines.join(''));
}

/**
 * @param {readonly Result[]} old
 * @param {readonly Result[]} fresh
 * @param {readonly string[]} order
 * @returns {Result[]}
 */
export function mergeResults(old, fresh, order) {
  const measured = new Set(fresh.map((result) => result.case));
  const kept = old.filter((result) => !measured.has(result.case));
  return order.flatMap((name) => [...kept, ...fresh].filter((result) => result.case === name));
}
