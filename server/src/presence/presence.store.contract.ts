import { randomUUID } from 'node:crypto';
import type { DocumentPresence, User } from '@doclight/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry, PresenceChange, WorkspaceDelta } from './core/presence-types.js';
import { LEASE_MS, type PresenceStore, RENEW_EVERY_MS } from './presence.store.js';

/** Makes stores that share what is stored, as gateways do. */
export interface StoreHarness {
  open(): Promise<PresenceStore>;
  dispose(): Promise<void>;
}

/** A workspace of each test's own: what is stored outlives a test. */
let W: string;
const fry: User = { id: 'fry', name: 'Fry', color: '#c2410c' };
const leela: User = { id: 'leela', name: 'Leela', color: '#7c3aed' };

const entry = (user: User, phase: 'read' | 'edit', since = 1_000): Entry => ({
  user,
  phase,
  since,
  unsaved: false,
  attention: 'active',
});
const put = (documentId: string, of: Entry): PresenceChange => ({
  kind: 'document',
  documentId,
  userId: of.user.id,
  entry: of,
});
const remove = (documentId: string, user: User): PresenceChange => ({
  kind: 'document',
  documentId,
  userId: user.id,
  entry: null,
});
const connect = (user: User): PresenceChange => ({ kind: 'connection', userId: user.id, user });
const disconnect = (user: User): PresenceChange => ({ kind: 'connection', userId: user.id, user: null });

const names = (presence: DocumentPresence) => ({
  status: presence.status,
  editors: presence.editors.map(({ name }) => name),
  readers: presence.readers.map(({ name }) => name),
});
const seen = (store: PresenceStore, documentId = 'a') => names(store.view(W).document(documentId));
const free = { status: 'free', editors: [], readers: [] };

/** Waits until something holds: what another gateway did takes a moment. */
const eventually = (assertion: () => void, timeout = 2_000) =>
  vi.waitFor(assertion, { timeout, interval: 5 });

/** What every `PresenceStore` promises. */
export function presenceStoreContract(name: string, createHarness: () => Promise<StoreHarness>): void {
  describe(`${name} presence store`, () => {
    let harness: StoreHarness | undefined;

    beforeEach(() => {
      W = randomUUID();
    });

    const gateways = async (count: number): Promise<PresenceStore[]> => {
      harness = await createHarness();
      const stores: PresenceStore[] = [];
      for (let i = 0; i < count; i += 1) {
        const store = await harness.open();
        await store.ready(W);
        stores.push(store);
      }
      return stores;
    };

    afterEach(async () => {
      await harness?.dispose();
      harness = undefined;
    });

    it('tells how a person can be reached over all gateways', async () => {
      const [a, b] = (await gateways(2)) as [PresenceStore, PresenceStore];
      expect(a.view(W).reach(fry.id)).toBeNull();
      await a.apply(W, [
        { ...connect(fry), reach: { attention: 'hidden', desktop: true } } as PresenceChange,
      ]);
      await eventually(() => expect(b.view(W).reach(fry.id)).toEqual({ attention: 'hidden', desktop: true }));
      await b.apply(W, [{ ...connect(fry), reach: { attention: 'idle', desktop: false } } as PresenceChange]);
      const { people } = b.view(W);
      expect(people).toEqual({ activeUsers: 1, people: [fry] });
      await eventually(() => expect(a.view(W).reach(fry.id)).toEqual({ attention: 'idle', desktop: true }));
      // One that says nothing of it is at the page.
      await b.apply(W, [connect(fry)]);
      await eventually(() => expect(a.view(W).reach(fry.id)?.attention).toBe('active'));
      await b.apply(W, [disconnect(fry)]);
      await eventually(() => expect(a.view(W).reach(fry.id)).toEqual({ attention: 'hidden', desktop: true }));
      await a.apply(W, [disconnect(fry)]);
      await eventually(() => expect(b.view(W).reach(fry.id)).toBeNull());
    });

    it('shows at once what its own gateway told', async () => {
      const [a] = (await gateways(1)) as [PresenceStore];
      await a.apply(W, [connect(fry), put('a', entry(fry, 'read'))]);
      expect(seen(a)).toEqual({ status: 'read', editors: [], readers: ['Fry'] });
      expect(a.view(W).totals).toEqual({ reading: 1, editing: 0 });
      expect(a.view(W).people).toEqual({ activeUsers: 1, people: [fry] });
      await a.apply(W, [put('a', entry(fry, 'edit'))]);
      expect(seen(a)).toEqual({ status: 'edit', editors: ['Fry'], readers: [] });
      await a.apply(W, [remove('a', fry), disconnect(fry)]);
      expect(seen(a)).toEqual(free);
      expect([...a.view(W).occupied()]).toEqual([]);
      expect(a.view(W).people.activeUsers).toBe(0);
    });

    it('shows on every gateway what any of them told, in the order of versions', async () => {
      const [a, b] = (await gateways(2)) as [PresenceStore, PresenceStore];
      const heard: WorkspaceDelta[] = [];
      b.follow((delta) => heard.push(delta));
      await a.apply(W, [connect(fry), put('a', entry(fry, 'read'))]);
      await b.apply(W, [connect(leela), put('a', entry(leela, 'edit'))]);
      await a.apply(W, [put('b', entry(fry, 'edit'))]);
      const both = { status: 'edit', editors: ['Leela'], readers: ['Fry'] };
      await eventually(() => {
        for (const store of [a, b]) {
          expect(seen(store)).toEqual(both);
          expect(seen(store, 'b').editors).toEqual(['Fry']);
          expect(store.view(W).totals).toEqual({ reading: 0, editing: 2 });
          expect(store.view(W).people.activeUsers).toBe(2);
        }
        expect(a.view(W).version).toBe(b.view(W).version);
      });
      const versions = heard.map(({ version }) => version);
      expect(versions).toEqual([...versions].sort((x, y) => x - y));
      expect(new Set(versions).size).toBe(versions.length);
    });

    it('lists a person once, in the strongest phase over the gateways', async () => {
      const [a, b] = (await gateways(2)) as [PresenceStore, PresenceStore];
      await a.apply(W, [connect(fry), put('a', entry(fry, 'read', 1))]);
      await b.apply(W, [
        connect(fry),
        put('a', { ...entry(fry, 'edit', 2), unsaved: true, attention: 'hidden' }),
      ]);
      await eventually(() => {
        for (const store of [a, b]) {
          expect(seen(store)).toEqual({ status: 'edit', editors: ['Fry'], readers: [] });
          expect(store.view(W).document('a').editors[0]).toMatchObject({
            unsaved: true,
            attention: 'active',
          });
          expect(store.view(W).people.activeUsers).toBe(1);
        }
      });
      await b.apply(W, [remove('a', fry), disconnect(fry)]);
      await eventually(() => {
        for (const store of [a, b]) {
          expect(seen(store)).toEqual({ status: 'read', editors: [], readers: ['Fry'] });
          expect(store.view(W).people.activeUsers).toBe(1);
        }
      });
    });

    it('tells one gateway, once, that a person came into a document', async () => {
      const [a, b] = (await gateways(2)) as [PresenceStore, PresenceStore];
      const first = await a.apply(W, [put('a', entry(fry, 'read'))]);
      expect(first).toEqual([{ documentId: 'a', entry: entry(fry, 'read') }]);
      expect(await a.apply(W, [put('a', entry(fry, 'edit'))])).toEqual([]);
      expect(await b.apply(W, [put('a', entry(fry, 'read'))])).toEqual([]);
      await a.apply(W, [remove('a', fry)]);
      expect(await a.apply(W, [put('a', entry(fry, 'read'))])).toEqual([]);
      await a.apply(W, [remove('a', fry)]);
      await b.apply(W, [remove('a', fry)]);
      expect(await b.apply(W, [put('a', entry(fry, 'edit'))])).toHaveLength(1);
    });

    it('gives a newcomer the whole picture', async () => {
      const [a] = (await gateways(1)) as [PresenceStore];
      await a.apply(W, [connect(fry), put('a', entry(fry, 'edit'))]);
      const late = await harness?.open();
      await late?.ready(W);
      expect(late && seen(late)).toEqual({ status: 'edit', editors: ['Fry'], readers: [] });
      expect(late?.view(W).people.activeUsers).toBe(1);
    });

    it('keeps workspaces apart', async () => {
      const [a, b] = (await gateways(2)) as [PresenceStore, PresenceStore];
      await a.apply(randomUUID(), [connect(fry), put('a', entry(fry, 'edit'))]);
      await a.apply(W, [connect(leela)]);
      await eventually(() => expect(b.view(W).people.activeUsers).toBe(1));
      expect(seen(b)).toEqual(free);
    });

    it('removes what a dead gateway held when its lease has lapsed, and nothing before', async () => {
      const [a, b, c] = (await gateways(3)) as [PresenceStore, PresenceStore, PresenceStore];
      // A gateway that has just come up waits one lease before it takes anyone for dead.
      await new Promise((resolve) => setTimeout(resolve, LEASE_MS));
      await a.apply(W, [connect(fry), put('a', entry(fry, 'edit')), put('b', entry(fry, 'read'))]);
      await b.apply(W, [connect(leela), put('a', entry(leela, 'read'))]);
      await eventually(() => expect(seen(c).editors).toEqual(['Fry']));
      const heard: WorkspaceDelta[] = [];
      await a.close();
      c.follow((delta) => heard.push(delta));
      await new Promise((resolve) => setTimeout(resolve, RENEW_EVERY_MS));
      expect(seen(c).editors).toEqual(['Fry']);
      await eventually(() => {
        for (const store of [b, c]) {
          expect(seen(store)).toEqual({ status: 'read', editors: [], readers: ['Leela'] });
          expect(seen(store, 'b')).toEqual(free);
          expect(store.view(W).people).toEqual({ activeUsers: 1, people: [leela] });
        }
      }, LEASE_MS + RENEW_EVERY_MS);
      // One batch, whoever of the survivors was first.
      expect(heard.filter(({ documents }) => documents.length > 0)).toHaveLength(1);
      // Fry's being connected, and his being in two documents. Gateways of other tests may lapse meanwhile.
      const reaped = [b, c].map((store) => store.reaped);
      expect(reaped.reduce((sum, { entries }) => sum + entries, 0)).toBeGreaterThanOrEqual(3);
      expect(reaped.reduce((sum, { gateways }) => sum + gateways, 0)).toBeGreaterThanOrEqual(1);
    }, 30_000);
  });
}
