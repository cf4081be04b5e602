import { expect, it } from 'vitest';
import type { PresenceScripts } from './presence-scripts.js';
import { type FollowerOwner, WorkspaceFollower } from './workspace-follower.js';

/** Redis as a follower sees it, with answers that come when the test says so. */
class SlowRedis {
  readonly reads: (() => void)[] = [];
  feed = () => ({ open: async () => {}, close: async () => {} });
  load = () =>
    new Promise<Awaited<ReturnType<PresenceScripts['load']>>>((resolve) => {
      this.reads.push(() => resolve({ version: 1, member: false, fields: [] }));
    });

  /** Answers the next read, as soon as there is one. */
  async answer(): Promise<void> {
    await expect.poll(() => this.reads.length).toBeGreaterThan(0);
    this.reads.shift()?.();
  }
}

function setUp(self: FollowerOwner['self']) {
  const redis = new SlowRedis();
  const owner = { self, publish: () => {}, lost: () => {} };
  return { redis, follower: new WorkspaceFollower('w', redis as unknown as PresenceScripts, owner) };
}

it('reads again under a new id', async () => {
  let id = 'a';
  const { redis, follower } = setUp(() => ({ id, joined: false }));
  const ready = follower.ready();
  await expect.poll(() => redis.reads.length).toBe(1);
  id = 'b';
  await redis.answer();
  await redis.answer();
  await ready;
  expect(follower.state.version).toBe(1);
});

it.each([
  ['Redis is lost', null],
  ['the gateway takes a new id', { id: 'b', joined: false }],
])('stops while it reads, also where %s meanwhile', async (_, later) => {
  let self: ReturnType<FollowerOwner['self']> = { id: 'a', joined: false };
  const { redis, follower } = setUp(() => self);
  const ready = follower.ready().then(
    () => 'read',
    () => 'lost',
  );
  await expect.poll(() => redis.reads.length).toBe(1);
  const stopped = follower.stop();
  self = later;
  await redis.answer();
  if (later) await redis.answer();
  await stopped;
  expect(await ready).toBe(later ? 'read' : 'lost');
});
