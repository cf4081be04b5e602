import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../common/session.js';
import { SessionCache } from './session-cache.js';

const session = (id: string, userId = 'u', expiresIn = 1_000_000): Session => ({
  id,
  user: { id: userId, name: userId, color: '#000000' },
  roles: new Map(),
  expiresAt: new Date(Date.now() + expiresIn),
});

/** Look-ups that answer when the test says so. */
class Loader {
  readonly waiting: {
    id: string;
    answer: (session: Session | null) => void;
    fail: (error: Error) => void;
  }[] = [];
  load = (id: string) =>
    new Promise<Session | null>((answer, fail) => {
      this.waiting.push({ id, answer, fail });
    });
}

describe('SessionCache', () => {
  let loader: Loader;
  let cache: SessionCache;
  beforeEach(() => {
    loader = new Loader();
    cache = new SessionCache(loader.load);
    cache.resume();
  });

  it('asks once for many', async () => {
    const answers = Promise.all([cache.get('s'), cache.get('s'), cache.get('s')]);
    expect(loader.waiting).toHaveLength(1);
    const known = session('s');
    loader.waiting[0]?.answer(known);
    expect(await answers).toEqual([known, known, known]);
    expect(await cache.get('s')).toBe(known);
    expect(cache.isCurrent(known)).toBe(true);
    expect(loader.waiting).toHaveLength(1);
  });

  it.each([
    ['forget', (cache: SessionCache) => cache.forget('s')],
    ['forgetUser', (cache: SessionCache) => cache.forgetUser('u')],
    ['forgetAll', (cache: SessionCache) => cache.forgetAll()],
  ])('never answers with what was revoked during the look-up: %s', async (_, revoke) => {
    const answers = Promise.all([cache.get('s'), cache.get('s')]);
    revoke(cache);
    loader.waiting[0]?.answer(session('s'));
    await vi.waitFor(() => expect(loader.waiting).toHaveLength(2));
    loader.waiting[1]?.answer(null);
    expect(await answers).toEqual([null, null]);
  });

  it('knows that a snapshot is no longer current', async () => {
    const known = session('s');
    const answer = cache.get('s');
    loader.waiting[0]?.answer(known);
    await answer;
    cache.forgetUser('somebody else');
    expect(cache.isCurrent(known)).toBe(true);
    cache.forgetUser('u');
    expect(cache.isCurrent(known)).toBe(false);
  });

  it('keeps no refusal: a session that is made later is found', async () => {
    const refused = cache.get('s');
    loader.waiting[0]?.answer(null);
    expect(await refused).toBeNull();
    const found = cache.get('s');
    const known = session('s');
    loader.waiting[1]?.answer(known);
    expect(await found).toBe(known);
  });

  it('keeps no failure', async () => {
    const failed = Promise.allSettled([cache.get('s'), cache.get('s')]);
    loader.waiting[0]?.fail(new Error('down'));
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const found = cache.get('s');
    expect(loader.waiting).toHaveLength(2);
    loader.waiting[1]?.answer(session('s'));
    expect(await found).not.toBeNull();
  });

  it('answers no expired session, kept or fresh', async () => {
    const answer = cache.get('s');
    loader.waiting[0]?.answer(session('s', 'u', -1));
    expect(await answer).toBeNull();
  });

  it('looks again at one that has expired: another gateway may have extended it', async () => {
    vi.useFakeTimers();
    try {
      const first = cache.get('s');
      loader.waiting[0]?.answer(session('s', 'u', 1_000));
      await first;
      vi.advanceTimersByTime(1_000);
      const second = cache.get('s');
      const extended = session('s');
      loader.waiting[1]?.answer(extended);
      expect(await second).toBe(extended);
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps nothing while it cannot hear of changes', async () => {
    cache.pause();
    for (const look of [1, 2]) {
      const answer = cache.get('s');
      expect(loader.waiting).toHaveLength(look);
      loader.waiting[look - 1]?.answer(session('s'));
      await answer;
    }
  });

  it('reads again after a minute', async () => {
    vi.useFakeTimers();
    try {
      const first = cache.get('s');
      loader.waiting[0]?.answer(session('s'));
      await first;
      vi.advanceTimersByTime(60_001);
      const second = cache.get('s');
      expect(loader.waiting).toHaveLength(2);
      loader.waiting[1]?.answer(null);
      expect(await second).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});
