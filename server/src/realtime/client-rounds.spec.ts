import { describe, expect, it } from 'vitest';
import type { Client } from './client.js';
import { ClientRegistry } from './client-registry.js';
import { ClientRounds, TICK_MS } from './client-rounds.js';

/** A client whose session ends at a moment, and for which so much waits. */
function client(name: string, endsAt: number, bytes = 0, packets = 0): Client {
  const writeBuffer = Array.from({ length: packets });
  return {
    id: name,
    session: { id: `session of ${name}`, user: { id: `user of ${name}` }, expiresAt: new Date(endsAt) },
    socket: { conn: { writeBuffer, transport: { socket: { bufferedAmount: bytes } } } },
  } as unknown as Client;
}

function setUp(clients: readonly Client[]) {
  const registry = new ClientRegistry();
  const slow: string[] = [];
  const expired: { name: string; at: number }[] = [];
  let now = 0;
  const rounds = new ClientRounds(registry, {
    slow: ({ id }) => slow.push(id),
    expired: (ended) => {
      for (const one of ended) {
        expired.push({ name: one.id, at: now });
        registry.remove(one);
      }
    },
  });
  for (const one of clients) {
    registry.add(one);
    rounds.watch(one, now);
  }
  const tick = (times: number): void => {
    for (let i = 0; i < times; i += 1) {
      now += TICK_MS;
      rounds.tick(now);
    }
  };
  return { registry, rounds, slow, expired, tick };
}

const FAR = 1_000_000_000;

describe('rounds over the clients', () => {
  it.each([1, 4, 5, 6, 100, 103])('look at each of %i clients in ten ticks, and seldom at many', (count) => {
    const { slow, tick } = setUp(Array.from({ length: count }, (_, i) => client(`c${i}`, FAR, 5_000_000)));
    tick(10);
    expect(new Set(slow).size).toBe(count);
    expect(slow.length).toBeLessThanOrEqual(Math.max(2 * count, 20));
  });

  it('find a client that does not read, by bytes or by packets, and no other', () => {
    const { slow, tick } = setUp([
      client('idle', FAR),
      client('behind', FAR, 4 * 1024 * 1024, 2_000),
      client('full', FAR, 4 * 1024 * 1024 + 1),
      client('queued', FAR, 0, 2_001),
    ]);
    tick(7);
    expect([...new Set(slow)].sort()).toEqual(['full', 'queued']);
  });

  it('find the end of a session in the tick after it, whenever it is', () => {
    for (let seconds = 1; seconds < 60; seconds += 1) {
      const others = Array.from({ length: 20 }, (_, i) => client(`other ${i}`, FAR));
      const { expired, tick } = setUp([...others, client('ends', seconds * 1_000 - 500)]);
      tick(70);
      expect(expired).toEqual([{ name: 'ends', at: seconds * 1_000 }]);
    }
  });

  it('forget who has gone, and whose session goes on', () => {
    const [gone, extended] = [client('gone', 5_500), client('extended', 5_500)];
    const { registry, rounds, expired, tick } = setUp([gone, extended]);
    tick(2);
    registry.remove(gone);
    rounds.forget(gone);
    extended.session = { ...extended.session, expiresAt: new Date(FAR) };
    rounds.watch(extended, 2_000);
    tick(20);
    expect(expired).toEqual([]);
  });
});
