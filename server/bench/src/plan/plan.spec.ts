import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Costs } from './costs.js';
import { framesASecond, MILLION, needsOf, plan } from './plan.js';
import { RECORDED } from './recorded.js';
import { inScalingPlan, SCALING_PLAN } from './scaling-plan.js';
import { gatewaysReached, workspaceSizes } from './workspace-sizes.js';

/** Costs that are easy to multiply. */
const simple: Costs = {
  ...RECORDED,
  changesASecond: 0.01,
  visibleASecond: 0.01,
  ownChangeUs: 100,
  followedChangeUs: 10,
  redisWriteUs: 20,
  redisDeliveryUs: 1,
  deliveryBytes: 500,
  saveUs: 1_000,
  tailUs: 100,
};

describe('sizes of workspaces', () => {
  it('have the mean that was asked for, at every scale', () => {
    for (const workspaces of [10, 100, 10_000]) {
      const sum = workspaceSizes(100 * workspaces, workspaces).reduce((a, b) => a + b, 0);
      expect(sum / workspaces / 100).toBeCloseTo(1, 1);
    }
  });

  it('are skewed: the middle one of a mean of 100 has 46 people, the largest of 10,000 thousands', () => {
    const sizes = workspaceSizes(1_000_000, 10_000);
    expect(sizes[5_000]).toBeGreaterThan(40);
    expect(sizes[5_000]).toBeLessThan(50);
    expect(sizes[0]).toBeGreaterThan(3_000);
  });
});

describe('gateways that a workspace is on', () => {
  it('are one for one socket, and all for many', () => {
    expect(gatewaysReached(1, 50)).toBeCloseTo(1);
    expect(gatewaysReached(10_000, 50)).toBeCloseTo(50);
    expect(gatewaysReached(2, 2)).toBeCloseTo(1.5);
  });
});

describe('the plan', () => {
  const given = { ...MILLION, people: 100_000, workspaces: 1_000, tabs: 1 };

  it('multiplies rates with costs', () => {
    const needs = needsOf(given, simple, 'by workspace', 10);
    expect(needs.changes).toBeCloseTo(1_000);
    // 1,000 changes of 100 µs, over ten gateways.
    expect(needs.work.ownChanges).toBeCloseTo(0.01);
    expect(needs.work.followedChanges).toBeCloseTo(0);
    expect(needs.redis.writes).toBeCloseTo(0.02);
    expect(needs.redis.deliveries).toBeCloseTo(0.001);
    expect(needs.betweenBytes / 500_000).toBeCloseTo(1, 1);
    // Each workspace is looked at by one gateway every 2 s.
    expect(needs.checks).toBeCloseTo(500);
    expect(needs.connections).toBe(110);
  });

  it('has spread sockets follow what all others do, on however many gateways', () => {
    const one = needsOf(given, simple, 'spread', 1);
    const few = needsOf(given, simple, 'spread', 10);
    const many = needsOf(given, simple, 'spread', 20);
    expect(one.work.followedChanges).toBeCloseTo(0);
    // Nearly 1,000 changes of 10 µs each, in every gateway.
    expect(few.work.followedChanges).toBeGreaterThan(0.007);
    expect(many.work.followedChanges).toBeGreaterThan(0.85 * few.work.followedChanges);
    expect(many.redis.deliveries).toBeGreaterThan(1.6 * few.redis.deliveries);
    expect(many.database.tails).toBeCloseTo(2 * few.database.tails);
    // A gateway looks 200 times a second at most, for 100 µs each.
    expect(few.database.tails).toBeCloseTo(0.2);
  });

  it('finds the fewest gateways that suffice', () => {
    const found = plan(given, simple, 'by workspace');
    expect(found?.workSum).toBeLessThanOrEqual(given.busy);
    const fewer = needsOf(given, simple, 'by workspace', (found?.gateways ?? 0) - 1);
    expect(fewer.workSum).toBeGreaterThan(given.busy);
  });

  it('says so where no number of gateways suffices', () => {
    expect(plan(MILLION, { ...simple, followedChangeUs: 1_000 }, 'spread')).toBeNull();
  });

  it('has a dashboard get a change at once where it is quiet, and a frame for each window at most', () => {
    expect(framesASecond(1, simple)).toBeCloseTo(0.01);
    expect(framesASecond(1e9, simple)).toBeCloseTo(1 / 0.06, 3);
  });
});

describe('docs/scaling.md', () => {
  it('quotes what the recorded costs come to: `node server/bench/dist/plan/scaling-plan.js` writes it', () => {
    const text = readFileSync(SCALING_PLAN, 'utf8');
    expect(text).toBe(inScalingPlan(text, RECORDED));
  });
});
