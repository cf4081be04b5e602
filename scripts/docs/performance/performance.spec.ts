import { expect, test } from 'vitest';
import { PAGE, performancePages } from './pages.mjs';
import { mergeResults, type Result } from './results.mjs';

const circumstances = { machine: { cpu: '2 × A' }, date: '2026-11-28', versions: { Node: '20.20.2' } };
const result = (name: string, more: Partial<Result> = {}): Result => ({
  case: name,
  title: `What ${name} does`,
  setting: 'Doclight',
  figures: { 'p99 ms': 1234.5 },
  ...circumstances,
  ...more,
});
const point = (server: string, at: number, saturated = false): Result =>
  result('sweep-dashboards', {
    point: { by: 'dashboards', at, server, saturated },
    figures: { 'µs/delivery': at / 100, 'p99 ms': 50 },
  });
const PARTS = ['environments', 'overview', 'cost-by-dashboards', 'cost-by-documents', 'cases'];
const page = PARTS.map((name) => `words\n<!-- generated: ${name} -->\nold\n<!-- end -->\n`).join('');

test('new rows take the place of those of their case, in the order of the cases', () => {
  const old = [result('b', { setting: 'old' }), result('c'), result('gone')];
  const merged = mergeResults(old, [result('b', { setting: 'new' })], ['a', 'b', 'c']);
  expect(merged.map((row) => [row.case, row.setting])).toEqual([
    ['b', 'new'],
    ['c', 'Doclight'],
  ]);
});

test('the page keeps its words, and says what was measured and whether it is enough', () => {
  const results = [result('idle', { target: 'p99 < 1 | 2', met: false, judged: ['p99 ms'] })];
  const text = performancePages(results, page)[PAGE] ?? '';
  expect(text.match(/words/g)).toHaveLength(PARTS.length);
  expect(text).toContain('| [idle](#idle) | What idle does | p99 ms 1,234.5 | p99 < 1 \\| 2 | **missed** |');
  expect(text).toContain('All of it: 2026-11-28, 2 × A, Node 20.20.2.');
});

test('making it again changes nothing', () => {
  const results = [result('idle'), point('Doclight', 100), point('Doclight', 500)];
  const once = performancePages(results, page);
  expect(performancePages(results, once[PAGE] ?? '')).toEqual(once);
});

test('a plot draws every line, hollow where it is saturated, and tells its numbers', () => {
  const results = [point('bare ws', 100), point('bare ws', 500, true), point('Doclight', 100)];
  const svg = performancePages(results, page)['docs/performance/cost-by-dashboards-dark.svg'] ?? '';
  expect(svg).toMatch(/^<svg [^>]*role="img"/);
  expect(svg).toContain('bare ws: 1 at 100, 5 at 500 (saturated)');
  expect(svg).toContain('>Doclight</text>');
  expect(svg).toContain('Hollow: saturated');
  expect(svg).not.toMatch(/NaN|undefined/);
});

test('a page without a part is told', () => {
  expect(() => performancePages([], 'nothing')).toThrow('lacks <!-- generated: environments -->');
});
