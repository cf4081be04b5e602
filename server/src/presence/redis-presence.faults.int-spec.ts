import { describe, expect, it, type TestContext } from 'vitest';
import { PresenceWorld, until, type WorldGateway } from '../testing/presence-world.js';
import { LEASE_MS, RENEW_EVERY_MS } from './presence.store.js';

/** Everybody is back within this time, in milliseconds, whatever happened. */
const BACK_MS = 10_000;
const TIMEOUT_MS = 45_000;

/** Lets time pass that a fault lasts. */
const lasts = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function open(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  count: number,
): Promise<PresenceWorld> {
  const world = await PresenceWorld.open(count);
  onTestFinished(() => world.dispose());
  return world;
}

const noticed = (gateway: WorldGateway) =>
  until(
    () => gateway.store.fault() !== null,
    RENEW_EVERY_MS + 2_000,
    () => 'nothing is said to be wrong',
  );

/** Everything is as it should be again, and stayed so where it must. */
async function mended(world: PresenceWorld): Promise<void> {
  await world.converges(BACK_MS);
  await until(
    () => world.gateways.every(({ store }) => store.fault() === null),
    BACK_MS,
    () => 'something is still said to be wrong',
  );
  expect(world.breaches()).toEqual([]);
}

/** Waits until an emptied Redis knows every gateway again. */
const isBack = (world: PresenceWorld, withinMs = BACK_MS) =>
  until(
    async () =>
      (await Promise.all(world.gateways.map((one) => world.idOf(one)))).every((id) => id !== undefined),
    withinMs,
    () => 'a gateway did not notice that Redis was emptied',
  );

// Each test has a Redis and gateways of its own, and mostly waits.
describe.concurrent('presence in Redis', { timeout: TIMEOUT_MS }, () => {
  it('outlives a Redis that is killed and comes back empty', async (test) => {
    const world = await open(test, 3);
    const [one, two] = [world.gateway(1), world.gateway(2)];
    await world.redis.kill();
    await world.enter(one, 'fry', 'b', 'edit');
    await world.leave(one, 'p1', 'a');
    await world.enter(two, 'p2', 'a', 'edit', { since: 2_000 });
    expect(one.picture.documents.b).toEqual(['fry edit@1000 active']);
    expect(one.picture.documents.a?.some((line) => line.startsWith('p1 '))).toBe(false);
    await Promise.all([noticed(one), noticed(two)]);
    await world.redis.startAgain();
    await mended(world);
    await world.leave(one, 'fry', 'b');
    await mended(world);
  });

  it('outlives being emptied', async (test) => {
    const world = await open(test, 3);
    await world.redis.ask('FLUSHALL');
    await isBack(world);
    await mended(world);
    await world.redis.ask('FLUSHALL');
    // The first to write finds out, and the others with it.
    await world.enter(world.gateway(2), 'leela', 'b', 'read');
    await isBack(world, 1_000);
    await mended(world);
  });

  it.for([3_000, 8_000])('sees nobody leave over a pause of %i ms', async (ms, test) => {
    const world = await open(test, 3);
    const [one, two] = [world.gateway(1), world.gateway(2)];
    world.nobodyMayLeave();
    world.redis.pause();
    await world.enter(one, 'fry', 'b', 'edit');
    await world.connect(two, 'leela');
    await lasts(ms);
    await world.enter(two, 'leela', 'b', 'read');
    world.redis.resume();
    await mended(world);
    // Whoever would be taken for dead for having paused would be so by now.
    await lasts(LEASE_MS + RENEW_EVERY_MS);
    await mended(world);
  });

  it('lets a gateway that is cut off go on alone, lose its people elsewhere, and bring them back', async (test) => {
    const world = await open(test, 3);
    const [one, two] = [world.gateway(1), world.gateway(2)];
    one.proxy.block(true);
    await world.enter(one, 'fry', 'b', 'edit');
    expect(one.picture.documents.b).toEqual(['fry edit@1000 active']);
    await noticed(one);
    await world.enter(two, 'leela', 'b', 'read');
    await until(
      () => two.picture.documents.a?.some((line) => line.startsWith('p1 ')) === false,
      // Two and three had just come up, and wait one lease before they take anyone for dead.
      2 * (LEASE_MS + RENEW_EVERY_MS),
      () => 'its people are ghosts elsewhere',
    );
    expect(two.picture.people).not.toContain('p1');
    expect(one.picture.documents.a?.some((line) => line.startsWith('p1 '))).toBe(true);
    one.proxy.block(false);
    await mended(world);
  });

  it('sees nobody leave where a gateway is cut off for a moment', async (test) => {
    const world = await open(test, 2);
    const one = world.gateway(1);
    world.nobodyMayLeave();
    one.proxy.block(true);
    await world.enter(one, 'fry', 'b', 'edit');
    await noticed(one);
    one.proxy.block(false);
    await mended(world);
  });

  it('takes in again a gateway that was removed alive, under a new id', async (test) => {
    const world = await open(test, 2);
    const [one, two] = [world.gateway(1), world.gateway(2)];
    const before = (await world.idOf(one)) ?? '';
    // As if its event loop had stood still for longer than its lease.
    one.proxy.block(true);
    one.mustSee.clear();
    await until(
      () => two.picture.people.join() === 'p2',
      2 * (LEASE_MS + RENEW_EVERY_MS),
      () => 'it was not removed',
    );
    one.proxy.block(false);
    await world.enter(one, 'fry', 'b', 'edit');
    await mended(world);
    const after = await world.idOf(one);
    expect(after).toBeDefined();
    expect(after).not.toBe(before);
    const gateways = await world.redis.ask<string[]>(
      'ZRANGEBYSCORE',
      `doclight:{${world.workspaceId}}:gateways`,
      '0',
      '0',
    );
    expect(gateways).toContain(after);
    expect(gateways).not.toContain(before);
  });

  it('fences off a command that arrives when its gateway has gone on under another id', async (test) => {
    const world = await open(test, 2);
    const one = world.gateway(1);
    const before = await world.idOf(one);
    one.proxy.hold();
    await world.enter(one, 'ghost', 'b', 'edit');
    await noticed(one);
    one.proxy.sever();
    await world.leave(one, 'ghost', 'b');
    await mended(world);
    expect(await world.idOf(one)).not.toBe(before);
    expect(one.proxy.deliver()).toBeGreaterThan(0);
    const version = await world.redis.ask<string>('GET', `doclight:{${world.workspaceId}}:version`);
    await world.enter(world.gateway(2), 'fry', 'c', 'read');
    await mended(world);
    const fields = await world.redis.ask<string[]>('HKEYS', `doclight:{${world.workspaceId}}:entries`);
    expect(fields.filter((field) => field.includes('ghost'))).toEqual([]);
    expect(Number(version)).toBeGreaterThan(0);
  });

  it('removes the people of gateways that died, once, and nobody else', async (test) => {
    const world = await open(test, 4);
    const [one, two] = [world.gateway(1), world.gateway(2)];
    await world.enter(one, 'p2', 'b', 'read');
    await world.die(world.gateway(4));
    await world.die(world.gateway(3));
    world.nobodyMayLeave();
    const batches = [one, two].map(({ versions }) => versions.length);
    await world.converges(2 * (LEASE_MS + RENEW_EVERY_MS));
    await lasts(RENEW_EVERY_MS);
    await mended(world);
    // One batch for each of the two, whoever of the survivors was first.
    expect([one, two].map(({ versions }, i) => versions.length - (batches[i] ?? 0))).toEqual([2, 2]);
  });

  it('notices messages that were lost, without another one after them, within two ticks', async (test) => {
    const world = await open(test, 2);
    const [one, two] = [world.gateway(1), world.gateway(2)];
    two.proxy.drop('smessage');
    await world.enter(one, 'fry', 'b', 'edit');
    await world.leave(one, 'p1', 'a');
    await world.converges(2 * RENEW_EVERY_MS + 500);
    expect(two.proxy.losses).toBeGreaterThan(0);
    two.proxy.drop(undefined);
    await world.leave(one, 'fry', 'b');
    await world.converges(500);
    await mended(world);
    // The store mends what it has lost: its screens lose nothing.
    for (const { rejoins } of two.screens) expect(rejoins).toBe(0);
  });

  it('mends a message that was lost as soon as another one follows it', async (test) => {
    const world = await open(test, 2);
    const [one, two] = [world.gateway(1), world.gateway(2)];
    two.proxy.drop('smessage');
    await world.enter(one, 'fry', 'b', 'edit');
    await until(
      () => two.proxy.losses > 0,
      1_000,
      () => 'no message came to be lost',
    );
    two.proxy.drop(undefined);
    await world.enter(one, 'leela', 'b', 'edit');
    await world.converges(500);
    await mended(world);
  });

  it('comes through a wire that fails again and again while people come and go', async (test) => {
    const world = await open(test, 3);
    for (let round = 0; round < 12; round += 1) {
      const gateway = world.gateway(1 + (round % 3));
      const other = world.gateway(1 + ((round + 1) % 3));
      gateway.proxy.block(true);
      const writing = [
        world.enter(gateway, `u${round}`, 'b', 'edit'),
        world.enter(other, `u${round}`, 'c', 'read'),
        world.leave(gateway, `u${round - 3}`, 'b'),
      ];
      if (round % 4 === 3) await world.redis.ask('FLUSHALL');
      await lasts(round % 2 === 0 ? 50 : 1_050);
      gateway.proxy.block(false);
      if (round % 3 === 0) await Promise.all(writing);
    }
    await mended(world);
  });

  it('leaves nothing behind', async (test) => {
    const world = await open(test, 3);
    await world.redis.ask('FLUSHALL');
    await isBack(world);
    await mended(world);
    await world.close(world.gateway(1));
    await world.close(world.gateway(2));
    await world.die(world.gateway(3));
    const last = await world.join();
    await world.converges(2 * (LEASE_MS + RENEW_EVERY_MS));
    await world.close(last);
    const keys = await world.redis.ask<string[]>('KEYS', '*');
    expect(keys.filter((key) => /:entries$|:workspaces:/.test(key))).toEqual([]);
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(await world.redis.ask<number>('TTL', key), key).toBeGreaterThan(0);
    expect(await world.redis.ask<string[]>('ZRANGE', 'doclight:{gateways}:leases', '0', '-1')).toHaveLength(
      1,
    );
  });
});
