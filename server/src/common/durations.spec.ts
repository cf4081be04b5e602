import { expect, it } from 'vitest';
import { Durations } from './durations.js';

it('counts each duration into all buckets whose bound it does not exceed', () => {
  const durations = new Durations([0.001, 0.01, 0.1]);
  expect(durations.read()).toEqual([]);
  for (const seconds of [0.0005, 0.001, 0.05, 3]) durations.observe(seconds);
  const [all] = durations.read();
  expect(all).toMatchObject({ label: '', upTo: [2, 2, 3], count: 4 });
  expect(all?.sum).toBeCloseTo(3.0515);
});

it('keeps labels apart', () => {
  const durations = new Durations([1]);
  durations.observe(0.5, 'a');
  durations.observe(2, 'b');
  durations.observe(0.25, 'a');
  expect(durations.read()).toEqual([
    { label: 'a', upTo: [2], count: 2, sum: 0.75 },
    { label: 'b', upTo: [0], count: 1, sum: 2 },
  ]);
});
