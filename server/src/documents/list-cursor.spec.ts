import { describe, expect, it } from 'vitest';
import { ProblemError } from '../common/problem.js';
import { decodeCursor, encodeCursor } from './list-cursor.js';

const raw = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const time = '2026-11-20T10:00:00.123Z';

describe('list cursors', () => {
  it.each([
    { sort: 'changed' as const, key: time, id: 'a1' },
    { sort: 'title' as const, key: 'Crème & "quotes" % _ \\ 🚀', id: 'a1' },
    { sort: 'title' as const, key: '', id: 'a1' },
  ])('come back as they went: %j', (cursor) => {
    expect(decodeCursor(encodeCursor(cursor), cursor.sort)).toEqual(cursor);
  });

  it('may be missing', () => expect(decodeCursor(undefined, 'title')).toBeUndefined());

  it.each([
    ['nothing', ''],
    ['no base64', '!!!'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['another shape', raw([1])],
    ['null', raw(null)],
    ['more keys', raw({ sort: 'changed', key: time, id: 'a', more: 1 })],
    ['another sort', raw({ sort: 'title', key: time, id: 'a' })],
    ['no time', raw({ sort: 'changed', key: 'yesterday', id: 'a' })],
    ['what only JavaScript takes for a time', raw({ sort: 'changed', key: '1', id: 'a' })],
    [
      'a year that PostgreSQL does not know',
      raw({ sort: 'changed', key: '0000-01-01T00:00:00.000Z', id: 'a' }),
    ],
    ['a far future', raw({ sort: 'changed', key: '+275760-09-13T00:00:00.000Z', id: 'a' })],
    ['NUL in the id', raw({ sort: 'changed', key: time, id: '\0' })],
  ])('are refused with %s', (_, cursor) => {
    expect(() => decodeCursor(cursor, 'changed')).toThrow(expect.objectContaining({ code: 'INVALID_QUERY' }));
  });

  it.each(['\0', '\ud800'])('are refused with a title that nothing can have: %j', (key) => {
    const cursor = raw({ sort: 'title', key, id: 'a' });
    expect(() => decodeCursor(cursor, 'title')).toThrow(ProblemError);
  });
});
