import { DrizzleQueryError } from 'drizzle-orm/errors';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { safeError } from './safe-error.js';

function logged(error: unknown): { line: string; err: Record<string, unknown> } {
  let line = '';
  const log = pino({ serializers: { err: safeError } }, { write: (text: string) => (line = text) });
  log.error({ err: error }, 'failed');
  return { line, err: (JSON.parse(line) as { err: Record<string, unknown> }).err };
}

describe('an error in the log', () => {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint'), {
    code: '23505',
    detail: 'Failing row contains (1, Our secret plan).',
  });
  const failed = new DrizzleQueryError('update documents set text = $1', ['Our secret plan'], cause);

  it.each([
    ['itself', failed],
    ['inside another one', new Error('cannot save', { cause: failed })],
  ])('keeps what a failed query was about to itself, by %s', (_, error) => {
    const { line } = logged(error);
    expect(line).not.toContain('secret');
    for (const kept of ['update documents set text = $1', '23505', 'violates unique', 'safe-error.spec'])
      expect(line).toContain(kept);
  });

  it('stays as it is otherwise', () => {
    const { err } = logged(Object.assign(new TypeError('broken'), { port: 7 }));
    expect(err).toMatchObject({ type: 'TypeError', message: 'broken', port: 7 });
    expect(String(err.stack)).toContain('safe-error.spec');
    expect(logged('words').err).toBe('words');
  });
});
