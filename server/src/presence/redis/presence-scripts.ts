import { readFileSync } from 'node:fs';
import { type RedisLink, type RedisScript, redisScript } from '../../redis/redis-link.js';

/** Fields of a workspace's entries with their values; null removes the field. */
export type Fields = Iterable<readonly [field: string, value: string | null]>;

/** A batch of changes as it comes over a workspace's feed. */
export interface FeedMessage {
  readonly version: number;
  readonly previous: number;
  readonly fields: (readonly [string, string | null])[];
}

/** The compiler copies no Lua: the sources lie at the same depth as what is built from this file. */
const FOLDER = '../../../src/presence/redis';
const load = (name: string): RedisScript =>
  redisScript(name, readFileSync(new URL(`${FOLDER}/${name}.lua`, import.meta.url), 'utf8'));
const scripts = {
  renew: load('renew-lease'),
  apply: load('apply-changes'),
  replace: load('replace-entries'),
  load: load('load-workspace'),
  forget: load('forget-lease'),
};

const LEASES = 'doclight:{gateways}:leases';
const EPOCH = 'doclight:{gateways}:epoch';
const workspacesKey = (gatewayId: string) => `doclight:{gateways}:workspaces:${gatewayId}`;

/** The keys of a workspace share one hash tag, and so one slot of a cluster. */
function workspaceKeys(workspaceId: string) {
  const prefix = `doclight:{${workspaceId}}:`;
  return {
    version: `${prefix}version`,
    entries: `${prefix}entries`,
    gateways: `${prefix}gateways`,
    feed: `${prefix}feed`,
  };
}

/** The Redis scripts of presence, typed. The only code that builds their keys and arguments. */
export class PresenceScripts {
  constructor(private readonly redis: RedisLink) {}

  /** Renews a lease. @param leaseMs how long it lasts @param newEpoch taken where there is none */
  async renewLease(
    gatewayId: string,
    leaseMs: number,
    newEpoch: string,
  ): Promise<{ epoch: string; stood: boolean; lapsed: string[] }> {
    const [epoch, stood, ...lapsed] = (await this.redis.run(
      scripts.renew,
      [LEASES, EPOCH],
      [gatewayId, String(leaseMs), newEpoch],
    )) as [string, number, ...string[]];
    return { epoch, stood: stood === 1, lapsed };
  }

  /** Notes that a gateway holds something in a workspace, so that whoever reaps it looks there. */
  async claimWorkspace(gatewayId: string, workspaceId: string): Promise<void> {
    await this.redis.addToSet(workspacesKey(gatewayId), workspaceId);
  }

  claimedWorkspaces(gatewayId: string): Promise<string[]> {
    return this.redis.membersOfSet(workspacesKey(gatewayId));
  }

  async forgetGateway(gatewayId: string): Promise<void> {
    await this.redis.remove(workspacesKey(gatewayId));
    await this.redis.run(scripts.forget, [LEASES], [gatewayId]);
  }

  /**
   * Writes changes of a gateway's own fields.
   * @param join the gateway has not written in this workspace under this id
   * @param floor the new version is larger than this
   * @returns null where the gateway was removed from the workspace
   */
  async apply(
    workspaceId: string,
    gatewayId: string,
    join: boolean,
    floor: number,
    fields: Fields,
  ): Promise<{ version: number; previous: number; entered: string[] } | null> {
    const { version, entries, gateways, feed } = workspaceKeys(workspaceId);
    const answer = (await this.redis.run(
      scripts.apply,
      [version, entries, gateways],
      [feed, gatewayId, join ? '1' : '0', String(floor), ...flatten(fields)],
    )) as string[];
    const [after, before, ...entered] = answer;
    return after === undefined ? null : { version: Number(after), previous: Number(before), entered };
  }

  /**
   * Writes everything a gateway holds in a workspace, in place of what it held under this id and
   * earlier ones, which may not write any more. Without `gatewayId` it only removes those.
   */
  async replace(
    workspaceId: string,
    gatewayId: string | null,
    earlierIds: readonly string[],
    floor: number,
    fields: Fields,
  ): Promise<void> {
    const { version, entries, gateways, feed } = workspaceKeys(workspaceId);
    await this.redis.run(
      scripts.replace,
      [version, entries, gateways],
      [feed, gatewayId ?? '', earlierIds.join('\n'), String(floor), ...flatten(fields)],
    );
  }

  /** Everything all gateways hold in a workspace. */
  async load(workspaceId: string): Promise<{ version: number; fields: (readonly [string, string])[] }> {
    const { version, entries } = workspaceKeys(workspaceId);
    const [at, ...flat] = (await this.redis.run(scripts.load, [version, entries], [])) as string[];
    return { version: Number(at), fields: pairs(flat) };
  }

  async version(workspaceId: string): Promise<number> {
    return Number((await this.redis.get(workspaceKeys(workspaceId).version)) ?? 0);
  }

  /** Hears a workspace's feed until the answered function is called. */
  async follow(workspaceId: string, listener: (message: FeedMessage) => void): Promise<() => Promise<void>> {
    const { feed } = workspaceKeys(workspaceId);
    const hear = (text: string) => {
      const [version, previous, ...flat] = JSON.parse(text) as string[];
      const fields = pairs(flat).map(([field, value]) => [field, value === '' ? null : value] as const);
      listener({ version: Number(version), previous: Number(previous), fields });
    };
    await this.redis.subscribe(feed, hear);
    return () => this.redis.unsubscribe(feed, hear);
  }
}

function flatten(fields: Fields): string[] {
  return [...fields].flatMap(([field, value]) => [field, value ?? '']);
}

function pairs(flat: readonly string[]): (readonly [string, string])[] {
  const result: (readonly [string, string])[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) result.push([flat[i] ?? '', flat[i + 1] ?? '']);
  return result;
}
