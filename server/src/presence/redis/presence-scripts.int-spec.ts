import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RedisLink } from '../../redis/redis-link.js';
import { OwnRedis } from '../../testing/own-redis.js';
import { type FeedMessage, PresenceScripts } from './presence-scripts.js';

const LONG_MS = 60_000;

describe.each(['TEST_REDIS_URL', 'TEST_REDIS_CLUSTER_URL'])('presence scripts on %s', (variable) => {
  let link: RedisLink;
  let scripts: PresenceScripts;
  let workspaceId: string;
  let id: string;

  beforeAll(async () => {
    const url = process.env[variable];
    if (!url) throw new Error(`${variable} is not set: run the tests with npm test, which starts one`);
    link = new RedisLink(url, () => {});
    link.start();
    scripts = new PresenceScripts(link);
    await connected(scripts);
  });
  afterAll(() => link.stop());
  beforeEach(async () => {
    workspaceId = randomUUID();
    id = randomUUID();
    await scripts.takeLease(id, LONG_MS, 'an epoch');
    await scripts.claimWorkspace(id, workspaceId);
  });

  const field = (gatewayId: string, userId = 'fry') => `d\n${gatewayId}\ndoc\n${userId}`;
  const write = (gatewayId: string, join: boolean) =>
    scripts.apply(workspaceId, gatewayId, join, 0, [[field(gatewayId), '{}']]);
  const stored = async () => (await scripts.load(workspaceId, id)).fields.map(([name]) => name);
  const remove = () => scripts.replace(workspaceId, null, [id], 0, []);

  it('let a gateway write once it has joined, and not before', async () => {
    expect(await write(id, false)).toBeNull();
    expect(await write(id, true)).toMatchObject({ entered: [true] });
    expect(await write(id, false)).toMatchObject({ entered: [false] });
    expect((await scripts.load(workspaceId, id)).member).toBe(true);
    expect((await scripts.load(workspaceId, randomUUID())).member).toBe(false);
    expect((await scripts.check(workspaceId)).gatewayIds).toEqual([id]);
  });

  it('let nobody write again under an id that was removed, whatever comes late', async () => {
    await write(id, true);
    await remove();
    expect(await stored()).toEqual([]);
    expect(await write(id, false)).toBeNull();
    // The first write of the gateway here, under way since before it was removed.
    expect(await write(id, true)).toBeNull();
    await expect(scripts.replace(workspaceId, id, [], 0, [[field(id), '{}']])).rejects.toThrow('removed');
    expect(await stored()).toEqual([]);
  });

  it('fence an id off in a workspace in which it had not written yet', async () => {
    await remove();
    expect(await write(id, true)).toBeNull();
    expect(await stored()).toEqual([]);
  });

  it('renew no lease that has lapsed, and let it claim nothing', async () => {
    expect(await scripts.renewLease(id, 1, '')).toMatchObject({ epoch: expect.any(String), stands: true });
    await expect
      .poll(async () => (await scripts.renewLease(randomUUID(), 1, '')).lapsed, { interval: 5 })
      .toContain(id);
    expect(await scripts.renewLease(id, LONG_MS, '')).toMatchObject({ stands: false });
    await expect(scripts.claimWorkspace(id, randomUUID())).rejects.toThrow('lapsed');
    expect(await scripts.claimedWorkspaces(id)).toEqual([workspaceId]);
    await scripts.forgetGateway(id);
    expect(await scripts.renewLease(id, LONG_MS, '')).toMatchObject({ stands: false });
    await expect(scripts.claimWorkspace(id, workspaceId)).rejects.toThrow('lapsed');
    expect(await scripts.claimedWorkspaces(id)).toEqual([]);
  });

  it('tell of a removal once, though several remove', async () => {
    const heard: FeedMessage[] = [];
    await scripts
      .feed(
        workspaceId,
        () => 0,
        (message) => heard.push(message),
      )
      .open();
    const other = randomUUID();
    await write(id, true);
    await write(other, true);
    await Promise.all([remove(), remove(), remove()]);
    const last = await write(other, false);
    await expect.poll(() => heard.at(-1)?.version).toBe(last?.version);
    expect(heard.map(({ fields }) => fields.map(([name, value]) => [name, value === null]))).toEqual([
      [[field(id), false]],
      [[field(other), false]],
      [[field(id), true]],
      [[field(other), false]],
    ]);
    // Each follows on the one before.
    expect(heard.slice(1).map(({ previous }) => previous)).toEqual(
      heard.slice(0, -1).map(({ version }) => version),
    );
  });

  it('begin with the time, and stay above what they are told', async () => {
    const begun = await scripts.load(workspaceId, id);
    expect(Math.abs(begun.version / 1000 - Date.now())).toBeLessThan(60_000);
    expect((await scripts.load(workspaceId, id)).version).toBe(begun.version);
    const ahead = begun.version + 10_000_000_000;
    expect(await scripts.apply(workspaceId, id, true, ahead, [[field(id), '{}']])).toMatchObject({
      version: ahead + 1,
      previous: begun.version,
    });
    expect(await write(id, false)).toMatchObject({ version: ahead + 2, previous: ahead + 1 });
    await remove();
    expect(await scripts.check(workspaceId)).toEqual({ version: ahead + 3, gatewayIds: [] });
  });

  it('take thousands of fields at once', async () => {
    const fields = Array.from({ length: 20_000 }, (_, i): [string, string] => [field(id, `u${i}`), '{}']);
    await scripts.replace(workspaceId, id, [], 0, fields);
    expect(await stored()).toHaveLength(20_000);
    await remove();
    expect(await stored()).toEqual([]);
  });
});

it('reach a Redis that does not know them yet in the order in which they were sent', async () => {
  const redis = await OwnRedis.start();
  const link = new RedisLink(`redis://127.0.0.1:${redis.port}`, () => {});
  try {
    link.start();
    const scripts = new PresenceScripts(link);
    await connected(scripts);
    const field = 'd\ng\ndoc\nfry';
    const sent: Promise<{ version: number } | null>[] = [];
    for (let i = 0; i < 200; i += 1) {
      sent.push(scripts.apply('w', 'g', true, 0, [[field, String(i)]]));
      // Others are sent while the answers to the first ones come in.
      if (i % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const versions = (await Promise.all(sent)).map((answer) => answer?.version ?? 0);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect((await scripts.load('w', 'g')).fields).toEqual([[field, '199']]);
  } finally {
    link.stop();
    await redis.kill();
  }
});

/** Resolves when Redis answers. */
const connected = (scripts: PresenceScripts) =>
  vi.waitFor(() => scripts.check('nowhere'), { timeout: 5_000, interval: 20 });
