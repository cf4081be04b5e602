import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WriteQueue } from './write-queue.js';

/** A write that ends when the test says so. */
function held() {
  const batches: { changes: readonly number[]; end: (error?: Error) => void }[] = [];
  const queue = new WriteQueue<number, string>(
    (changes) =>
      new Promise((resolve, reject) => {
        batches.push({
          changes,
          end: (error) => (error ? reject(error) : resolve(changes.map((change) => `wrote ${change}`))),
        });
      }),
  );
  return { queue, batches };
}

describe('a queue of writes', () => {
  it('writes at once what comes alone, and together what comes meanwhile', async () => {
    const { queue, batches } = held();
    const first = queue.add([1]);
    const others = [queue.add([2, 3]), queue.add([]), queue.add([4])];
    expect(batches.map(({ changes }) => changes)).toEqual([[1]]);
    batches[0]?.end();
    expect(await first).toEqual(['wrote 1']);
    await expect.poll(() => batches.length).toBe(2);
    expect(batches[1]?.changes).toEqual([2, 3, 4]);
    batches[1]?.end();
    expect(await Promise.all(others)).toEqual([['wrote 2', 'wrote 3'], [], ['wrote 4']]);
  });

  it('fails those that were part of a write that failed, and goes on', async () => {
    const { queue, batches } = held();
    const first = queue.add([1]);
    const second = queue.add([2]);
    batches[0]?.end(new Error('no Redis'));
    await expect(first).rejects.toThrow('no Redis');
    await expect.poll(() => batches.length).toBe(2);
    batches[1]?.end();
    expect(await second).toEqual(['wrote 2']);
  });

  it('writes everything once and in its order, whatever the sizes, never too much at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 }), async (sizes) => {
        const written: number[] = [];
        const largest = Math.max(0, ...sizes);
        const queue = new WriteQueue<number, number>(async (changes) => {
          expect(changes.length).toBeLessThanOrEqual(Math.max(256, largest));
          await Promise.resolve();
          written.push(...changes);
          return changes;
        });
        let next = 0;
        const wanted = sizes.map((size) => Array.from({ length: size }, () => next++));
        expect(await Promise.all(wanted.map((changes) => queue.add(changes)))).toEqual(wanted);
        expect(written).toEqual(wanted.flat());
      }),
    );
  });
});
