import { readFileSync } from 'node:fs';

/** The compiler copies no Lua: the sources lie at the same depth as what is built from this file. */
const FOLDER = '../../../src/presence/redis';
/** Without the comments: they need not travel. */
const load = (name) =>
  readFileSync(new URL(`${FOLDER}/${name}.lua`, import.meta.url), 'utf8').replaceAll(/^ *--.*\n/gm, '');
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
const workspacesKey = (gatewayId) => `doclight:{gateways}:workspaces:${gatewayId}`;
/** The keys of a workspace share one hash tag, and so one slot of a cluster. */
function workspaceKeys(workspaceId) {
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
  redis;
  constructor(redis) {
    this.redis = redis;
  }
  /** Takes a lease under an id that never had one. @param leaseMs how long it lasts */
  async takeLease(gatewayId, leaseMs, newEpoch) {
    return this.lease(gatewayId, leaseMs, newEpoch, '1');
  }
  /** Renews a lease. @param newEpoch taken where there is none */
  renewLease(gatewayId, leaseMs, newEpoch) {
    return this.lease(gatewayId, leaseMs, newEpoch, '0');
  }
  /**
   * Notes that a gateway holds something in a workspace, so that whoever reaps it looks there.
   * @throws where its lease has lapsed
   */
  async claimWorkspace(gatewayId, workspaceId) {
    const claimed = await this.redis.run(
      scripts.claim,
      [LEASES, workspacesKey(gatewayId)],
      [gatewayId, workspaceId, KEEP_LEASES_S],
    );
    if (claimed !== 1) throw new Error('the lease of this gateway has lapsed');
  }
  claimedWorkspaces(gatewayId) {
    return this.redis.membersOfSet(workspacesKey(gatewayId));
  }
  async forgetGateway(gatewayId) {
    await this.redis.run(scripts.forget, [LEASES, workspacesKey(gatewayId)], [gatewayId]);
  }
  /**
   * Writes changes of a gateway's own fields.
   * @param join the gateway has not written in this workspace under this id
   * @param floor the new version is larger than this
   * @returns null where the gateway was removed from the workspace
   */
  async apply(workspaceId, gatewayId, join, floor, fields) {
    const { version, entries, gateways, feed } = workspaceKeys(workspaceId);
    const answer = await this.redis.run(
      scripts.apply,
      [version, entries, gateways],
      [feed, gatewayId, join ? '1' : '0', String(floor), KEEP_WORKSPACE_S, ...flatten(fields)],
    );
    const [after, before, ...entered] = answer;
    return after === undefined ? null : { version: Number(after), previous: Number(before), entered };
  }
  /**
   * Writes everything a gateway holds in a workspace, in place of what it held under this id and
   * earlier ones, which may not write any more. Without `gatewayId` it only removes those.
   * @throws where the gateway was removed itself
   */
  async replace(workspaceId, gatewayId, earlierIds, floor, fields) {
    const { version, entries, gateways, feed } = workspaceKeys(workspaceId);
    const done = await this.redis.run(
      scripts.replace,
      [version, entries, gateways],
      [feed, gatewayId ?? '', earlierIds.join('\n'), String(floor), KEEP_WORKSPACE_S, ...flatten(fields)],
    );
    if (done !== 1) throw new Error('this gateway was removed from a workspace');
  }
  /** Everything all gateways hold in a workspace, and whether `gatewayId` may write there. */
  async load(workspaceId, gatewayId) {
    const { version, entries, gateways } = workspaceKeys(workspaceId);
    const [at, member, ...flat] = await this.redis.run(
      scripts.load,
      [version, entries, gateways],
      [gatewayId, KEEP_WORKSPACE_S],
    );
    return { version: Number(at), member: member === '1', fields: pairs(flat) };
  }
  /** A workspace's version, and the gateways that may write there; what is stored of it is kept. */
  async check(workspaceId) {
    const { version, entries, gateways } = workspaceKeys(workspaceId);
    const [at, ...gatewayIds] = await this.redis.run(
      scripts.check,
      [version, entries, gateways],
      [KEEP_WORKSPACE_S],
    );
    return { version: Number(at), gatewayIds };
  }
  /** A workspace's feed. */
  feed(workspaceId, listener) {
    const { feed } = workspaceKeys(workspaceId);
    // One function for as long as there is the feed: a subscription that is late is not another one.
    const hear = (text) => {
      const [version, previous, ...flat] = JSON.parse(text);
      const fields = pairs(flat).map(([field, value]) => [field, value === '' ? null : value]);
      listener({ version: Number(version), previous: Number(previous), fields });
    };
    return {
      open: () => this.redis.subscribe(feed, hear),
      close: () => this.redis.unsubscribe(feed, hear),
    };
  }
  async lease(gatewayId, leaseMs, newEpoch, take) {
    const [epoch, stands, count, ...ids] = await this.redis.run(
      scripts.renew,
      [LEASES, EPOCH, workspacesKey(gatewayId)],
      [gatewayId, String(leaseMs), newEpoch, take, KEEP_LEASES_S],
    );
    return { epoch, stands: stands === 1, lapsed: ids.slice(0, count), leased: new Set(ids) };
  }
}
function flatten(fields) {
  return [...fields].flatMap(([field, value]) => [field, value ?? '']);
}
function pairs(flat) {
  const result = [];
  for (let i = 0; i + 1 < flat.length; i += 2) result.push([flat[i] ?? '', flat[i + 1] ?? '']);
  return result;
}
//# sourceMappingURL=presence-scripts.js.map
