import { readFileSync } from 'node:fs';
import type { RedisLink, RedisScript } from '../../redis/redis-link.js';

/** Fields of a workspace's entries with their values; null removes the field. */
export type Fields = Iterable<readonly [field: string, value: string | null]>;

/** A batch of changes as it comes over a workspace's feed. */
export interface FeedMessage {
  readonly version: number;
  readonly previous: number;
  readonly fields: (readonly [string, string | null])[];
}

/** The leases of all gateways, as one of them renews its own. */
export interface Leases {
  readonly epoch: string;
  /** False where its own had lapsed: it is lost for good. */
  readonly stands: boolean;
  readonly lapsed: readonly string[];
  /** Everybody who has a lease, lapsed or not. */
  readonly leased: ReadonlySet<string>;
}

/** A workspace's feed, which can be heard or not. */
export interface Feed {
  open(): Promise<void>;
  close(): Promise<void>;
}

/** The compiler copies no Lua: the sources lie at the same depth as what is built from this file. */
const FOLDER = '../../../src/presence/redis';
/** Without the comments: they need not travel. */
const load = (name: string): RedisScript => ({
  name,
  source: readFileSync(new URL(`${FOLDER}/${name}.lua`, import.meta.url), 'utf8').replaceAll(
    /^ *--.*\n/gm,
    '',
  ),
});
const scripts = {
  renew: load('renew-lease'),
  claim: load('claim-workspace'),
  forget: load('forget-lease'),
  apply: load('apply-changes'),
  replace: load('replace-entries'),
  load: load('load-workspace'),
  check: load('check-workspace'),
};

/**
 * Every key is kept for so long, in seconds, after anybody had to do with it. Leases outlive what
 * they are of, so that nothing is left of which nobody knows whose it is.
 */
const KEEP_LEASES_S = '86400';
const KEEP_WORKSPACE_S = '3600';

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

  /** Takes a lease under an id that never had one. @param leaseMs how long it lasts */
  async takeLease(gatewayId: string, leaseMs: number, newEpoch: string): Promise<{ epoch: string }> {
    return this.lease(gatewayId, leaseMs, newEpoch, '1');
  }

  /** Renews a lease. @param newEpoch taken where there is none */
  renewLease(gatewayId: string, leaseMs: number, newEpoch: string): Promise<Leases> {
    return this.lease(gatewayId, leaseMs, newEpoch, '0');
  }

  /**
   * Notes that a gateway holds something in a workspace, so that whoever reaps it looks there.
   * @throws where its lease has lapsed
   */
  async claimWorkspace(gatewayId: string, workspaceId: string): Promise<void> {
    const claimed = await this.redis.run(
      scripts.claim,
      [LEASES, workspacesKey(gatewayId)],
      [gatewayId, workspaceId, KEEP_LEASES_S],
    );
    if (claimed !== 1) throw new Error('the lease of this gateway has lapsed');
  }

  claimedWorkspaces(gatewayId: string): Promise<string[]> {
    return this.redis.membersOfSet(workspacesKey(gatewayId));
  }

  /** @returns whether it had a lease: of several that forget it, one is told so */
  async forgetGateway(gatewayId: string): Promise<boolean> {
    const keys = [LEASES, workspacesKey(gatewayId)];
    return (await this.redis.run(scripts.forget, keys, [gatewayId])) === 1;
  }

  /**
   * Writes changes of a gateway's own fields.
   * @param join the gateway has not written in this workspace under this id
   * @param floor the new version is larger than this
   * @returns null where the gateway was removed from the workspace; else for each field whether a person came
   * into a document by it in which no gateway had them
   */
  async apply(
    workspaceId: string,
    gatewayId: string,
    join: boolean,
    floor: number,
    fields: readonly (readonly [field: string, value: string | null])[],
  ): Promise<{ version: number; previous: number; entered: boolean[] } | null> {
    const { version, entries, gateways, feed } = workspaceKeys(workspaceId);
    const answer = (await this.redis.run(
      scripts.apply,
      [version, entries, gateways],
      [feed, gatewayId, join ? '1' : '0', String(floor), KEEP_WORKSPACE_S, ...flatten(fields)],
    )) as string[];
    const [after, before, ...places] = answer;
    if (after === undefined) return null;
    const entered = new Array<boolean>(fields.length).fill(false);
    for (const place of places) entered[Number(place)] = true;
    return { version: Number(after), previous: Number(before), entered };
  }

  /**
   * Writes everything a gateway holds in a workspace, in place of what it held under this id and
   * earlier ones, which may not write any more. Without `gatewayId` it only removes those.
   * @returns how many entries of earlier ids were removed
   * @throws where the gateway was removed itself
   */
  async replace(
    workspaceId: string,
    gatewayId: string | null,
    earlierIds: readonly string[],
    floor: number,
    fields: Fields,
  ): Promise<number> {
    const { version, entries, gateways, feed } = workspaceKeys(workspaceId);
    const removed = await this.redis.run(
      scripts.replace,
      [version, entries, gateways],
      [feed, gatewayId ?? '', earlierIds.join('\n'), String(floor), KEEP_WORKSPACE_S, ...flatten(fields)],
    );
    if (typeof removed !== 'number' || removed < 0)
      throw new Error('this gateway was removed from a workspace');
    return removed;
  }

  /** Everything all gateways hold in a workspace, and whether `gatewayId` may write there. */
  async load(
    workspaceId: string,
    gatewayId: string,
  ): Promise<{ version: number; member: boolean; fields: (readonly [string, string])[] }> {
    const { version, entries, gateways } = workspaceKeys(workspaceId);
    const [at, member, ...flat] = (await this.redis.run(
      scripts.load,
      [version, entries, gateways],
      [gatewayId, KEEP_WORKSPACE_S],
    )) as string[];
    return { version: Number(at), member: member === '1', fields: pairs(flat) };
  }

  /** A workspace's version, and the gateways that may write there; what is stored of it is kept. */
  async check(workspaceId: string): Promise<{ version: number; gatewayIds: string[] }> {
    const { version, entries, gateways } = workspaceKeys(workspaceId);
    const [at, ...gatewayIds] = (await this.redis.run(
      scripts.check,
      [version, entries, gateways],
      [KEEP_WORKSPACE_S],
    )) as string[];
    return { version: Number(at), gatewayIds };
  }

  /**
   * A workspace's feed.
   * @param known the version that is known already: older batches, most of them one's own, are not even parsed
   */
  feed(workspaceId: string, known: () => number, listener: (message: FeedMessage) => void): Feed {
    const { feed } = workspaceKeys(workspaceId);
    // One function for as long as there is the feed: a subscription that is late is not another one.
    const hear = (text: string) => {
      if (versionOf(text) <= known()) return;
      const [version, previous, ...flat] = JSON.parse(text) as string[];
      const fields = pairs(flat).map(([field, value]) => [field, value === '' ? null : value] as const);
      listener({ version: Number(version), previous: Number(previous), fields });
    };
    return {
      open: () => this.redis.subscribe(feed, hear),
      close: () => this.redis.unsubscribe(feed, hear),
    };
  }

  private async lease(
    gatewayId: string,
    leaseMs: number,
    newEpoch: string,
    take: '0' | '1',
  ): Promise<Leases> {
    const [epoch, stands, count, ...ids] = (await this.redis.run(
      scripts.renew,
      [LEASES, EPOCH, workspacesKey(gatewayId)],
      [gatewayId, String(leaseMs), newEpoch, take, KEEP_LEASES_S],
    )) as [string, number, number, ...string[]];
    return { epoch, stands: stands === 1, lapsed: ids.slice(0, count), leased: new Set(ids) };
  }
}

/** The version at the head of a batch: `["1764300000000000","...` */
function versionOf(batch: string): number {
  return Number(batch.slice(2, batch.indexOf('"', 2)));
}

function flatten(fields: Fields): string[] {
  return [...fields].flatMap(([field, value]) => [field, value ?? '']);
}

function pairs(flat: readonly string[]): (readonly [string, string])[] {
  const result: (readonly [string, string])[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) result.push([flat[i] ?? '', flat[i + 1] ?? '']);
  return result;
}
