import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCounts, readPlaywright, readVitest } from './test-reports.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doclight-reports-'));
  file = join(folder, 'report.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const report = (content: unknown): void => writeFileSync(file, JSON.stringify(content));
const tests = (...statuses: string[]): { status: string }[] => statuses.map((status) => ({ status }));

test('vitest: counts each test, and tells suites apart by their files', () => {
  report({
    testResults: [
      { name: 'a.spec.ts', status: 'passed', assertionResults: tests('passed', 'passed') },
      { name: 'b.int-spec.ts', status: 'failed', assertionResults: tests('passed', 'failed', 'todo') },
    ],
  });
  expect(readVitest(file)).toEqual({ passed: 3, failed: 1, skipped: 1 });
  expect(readVitest(file, (name) => name.endsWith('.int-spec.ts'))).toEqual({
    passed: 1,
    failed: 1,
    skipped: 1,
  });
});

test('vitest: a file that could not be loaded is a failure', () => {
  report({ testResults: [{ name: 'a.spec.ts', status: 'failed', assertionResults: [] }] });
  expect(readVitest(file)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('playwright: counts each test', () => {
  report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] });
  expect(readPlaywright(file)).toEqual({ passed: 4, flaky: 1, failed: 1, skipped: 2 });
});

test('playwright: an error outside of any test is a failure', () => {
  report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{ message: 'no config' }] });
  expect(readPlaywright(file)).toEqual({ passed: 0, flaky: 0, failed: 1, skipped: 0 });
});

test('counts that a runner of our own writes down', () => {
  report({ passed: 5, failed: 1, skipped: 0 });
  expect(readCounts(file)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test('without a report there is nothing to count', () => {
  expect(readVitest(file)).toBeUndefined();
  expect(readPlaywright(file)).toBeUndefined();
  expect(readCounts(file)).toBeUndefined();
});
