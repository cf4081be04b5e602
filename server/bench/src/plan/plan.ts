import type { Costs } from './costs.js';
import { gatewaysReached, workspaceSizes } from './workspace-sizes.js';

/** What is planned for. The rates are those of the simulation's people (`load/simulation/people.ts`). */
export interface Assumptions {
  readonly people: number;
  readonly workspaces: number;
  /** Connected tabs of a person; all of them count as sockets, one of them does something. */
  readonly tabs: number;
  /** Workspaces that a person belongs to: each is told that they are connected, and followed for them. */
  readonly memberships: number;
  /** Seconds from one save of a person to the next: a third edits, and saves every other minute. */
  readonly saveEveryS: number;
  /** Share of a core that a gateway, or a server of Redis, is planned to use: the rest is for a lost zone. */
  readonly busy: number;
  /** Zones, any one of which may be lost. */
  readonly zones: number;
}

export const MILLION: Assumptions = {
  people: 1_000_000,
  workspaces: 10_000,
  tabs: 1.2,
  memberships: 1,
  saveEveryS: 340,
  busy: 0.5,
  zones: 3,
};

/** How sockets come to gateways: to any, or all of a workspace to one (a load balancer that hashes its id). */
export type Placement = 'spread' | 'by workspace';

/** A workspace is checked by every gateway that follows it this often, in seconds. @see RENEW_EVERY_MS of the store */
const CHECK_EVERY_S = 2;
/** A dashboard gets at most one frame in this time, in seconds. @see WINDOW_MS of the dashboard feed */
const WINDOW_S = 0.06;
/**
 * A gateway looks at what was saved once at a time, and whatever came meanwhile is one look: at five round trips of
 * 1 ms that is at most so often a second. An assumption: at the pace of the benchmark each save has a look of its own.
 */
const LOOKS_A_SECOND = 200;
/** Connections of a gateway to PostgreSQL: its pool, and the one that listens. @see db/src/client.ts */
const CONNECTIONS = 11;
/** More gateways than anybody would run: where these do not suffice, no number does. */
const MOST_GATEWAYS = 4_000;

/** What one gateway does of each kind, in shares of a core. */
export interface GatewayWork {
  readonly ownChanges: number;
  readonly followedChanges: number;
  readonly frames: number;
  readonly idleSockets: number;
  readonly checks: number;
}

/** What it takes, for one number of gateways. */
export interface Needs {
  readonly gateways: number;
  /** Of the average gateway, in shares of a core; more than 1 cannot be done. */
  readonly work: GatewayWork;
  readonly workSum: number;
  /** Bytes that the average gateway holds. */
  readonly gatewayBytes: number;
  /** Workspaces that the average gateway follows. */
  readonly followed: number;
  /** CPU time of one round of checks, in milliseconds. */
  readonly checkMs: number;
  /** Cores that Redis uses, and for what. */
  readonly redis: { readonly writes: number; readonly deliveries: number; readonly checks: number };
  /** Of one server alone, that of the Socket.IO adapter's channel: every gateway is told who opened a document. */
  readonly adapterCores: number;
  readonly redisCores: number;
  /** Servers of a Redis Cluster that hold slots, each with one busy core. */
  readonly shards: number;
  readonly redisBytes: number;
  /** Bytes a second from Redis to gateways, and from gateways to people. */
  readonly betweenBytes: number;
  readonly outBytes: number;
  /** A second: changes, frames to dashboards, saves, checks. */
  readonly changes: number;
  readonly frames: number;
  readonly saves: number;
  readonly checks: number;
  /** Cores of PostgreSQL for saves, and for gateways that read what was saved. */
  readonly database: { readonly saves: number; readonly tails: number };
  readonly connections: number;
  /** Seconds until those of a lost gateway, or zone, are connected again: CPU alone. */
  readonly backAfterGatewayS: number;
  readonly backAfterZoneS: number;
  /** Sessions that are looked up a second while they come back from a lost zone. */
  readonly lookUps: number;
}

/** What so many gateways have to do. Everything is a rate times a cost; there is no queue in it. */
export function needsOf(given: Assumptions, costs: Costs, placement: Placement, gateways: number): Needs {
  const { people, tabs, busy, zones, memberships } = given;
  const sizes = workspaceSizes(people * memberships, given.workspaces);
  /** On how many gateways a workspace is. */
  const reach = (size: number): number =>
    placement === 'spread' || memberships > 1 ? gatewaysReached(size * tabs, gateways) : 1;
  const sum = (of: (size: number) => number): number => sizes.reduce((total, size) => total + of(size), 0);

  const sockets = people * tabs;
  const changes = people * costs.changesASecond;
  const pairs = sum(reach);
  const deliveries = sum((size) => (size / memberships) * costs.changesASecond * reach(size));
  const frames = sum(
    (size) => (size / memberships) * costs.dashboardShare * framesASecond(size / memberships, costs),
  );
  const frameBytes = sum((size) => {
    const one = size / memberships;
    return one * costs.dashboardShare * bytesASecond(one, costs);
  });
  const others = people * costs.othersASecond;
  const checks = pairs / CHECK_EVERY_S;
  const cores = (rate: number, us: number): number => (rate * us) / 1e6;
  const work: GatewayWork = {
    ownChanges: cores(changes, costs.ownChangeUs) / gateways,
    followedChanges: cores(Math.max(0, deliveries - changes), costs.followedChangeUs) / gateways,
    frames: cores(frames + others, costs.frameUs) / gateways,
    idleSockets: cores(sockets, costs.idleSocketUs) / gateways,
    checks: cores(checks, costs.checkUs) / gateways,
  };
  const redis = {
    writes: cores(changes, costs.redisWriteUs),
    deliveries: cores(deliveries, costs.redisDeliveryUs),
    checks: cores(checks, costs.redisCheckUs),
  };
  const redisCores = redis.writes + redis.deliveries + redis.checks;
  const saves = people / given.saveEveryS;
  const followedPeople = sum((size) => size * reach(size)) / gateways;
  const connectS = cores(sockets, costs.connectUs);
  const backAfterZoneS = connectS / zones / (gateways * (1 - 1 / zones) * (1 - busy));
  return {
    gateways,
    work,
    workSum: Object.values(work).reduce((a: number, b: number) => a + b, 0),
    gatewayBytes:
      costs.gatewayBytes +
      (sockets / gateways) * costs.socketBytes +
      (people / gateways) * costs.ownPersonBytes +
      followedPeople * costs.followedPersonBytes,
    followed: pairs / gateways,
    checkMs: ((pairs / gateways) * costs.checkUs) / 1e3,
    redis,
    adapterCores: cores(people * costs.opensASecond * gateways, costs.redisDeliveryUs),
    redisCores,
    shards: Math.max(1, Math.ceil(redisCores / busy)),
    redisBytes: people * memberships * costs.redisPersonBytes,
    betweenBytes: deliveries * costs.deliveryBytes,
    outBytes: frameBytes + others * costs.otherBytes,
    changes,
    frames,
    saves,
    checks,
    database: {
      saves: cores(saves, costs.saveUs),
      tails: cores(Math.min(saves, LOOKS_A_SECOND) * gateways, costs.tailUs),
    },
    connections: gateways * CONNECTIONS,
    backAfterGatewayS:
      gateways > 1 ? connectS / gateways / ((gateways - 1) * (1 - busy)) : Number.POSITIVE_INFINITY,
    backAfterZoneS,
    lookUps: sockets / zones / Math.max(backAfterZoneS, costs.comeBackS),
  };
}

/** The fewest gateways that suffice, and what they have to do; null where no number of them does. */
export function plan(given: Assumptions, costs: Costs, placement: Placement): Needs | null {
  const suffices = (gateways: number): Needs | null => {
    const needs = needsOf(given, costs, placement, gateways);
    return needs.workSum <= given.busy ? needs : null;
  };
  if (!suffices(MOST_GATEWAYS)) return null;
  let [low, high] = [1, MOST_GATEWAYS];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (suffices(middle)) high = middle;
    else low = middle + 1;
  }
  return suffices(low);
}

/**
 * Frames a second that a dashboard of a workspace gets: the first change after a quiet window goes out at once,
 * those within it together at its end.
 */
export function framesASecond(size: number, { visibleASecond }: Costs): number {
  const changes = size * visibleASecond;
  return changes / (1 + changes * WINDOW_S);
}

function bytesASecond(size: number, costs: Costs): number {
  return (
    framesASecond(size, costs) * costs.frameHeadBytes + size * costs.visibleASecond * costs.documentBytes
  );
}
