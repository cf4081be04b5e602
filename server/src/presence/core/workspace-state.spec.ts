import type { DocumentPresence } from '@doclight/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeEntries } from './merge.js';
import type { Entry, PresenceChange } from './presence-types.js';
import { WorkspaceState } from './workspace-state.js';

const user = (id: string) => ({ id, name: id, color: '#000000' });
const entry = (id: string, over: Partial<Entry> = {}): Entry => ({
  user: user(id),
  phase: 'read',
  since: 1,
  unsaved: false,
  attention: 'active',
  ...over,
});
const put = (documentId: string, value: Entry): PresenceChange => ({
  kind: 'document',
  documentId,
  userId: value.user.id,
  entry: value,
});
const take = (documentId: string, userId: string): PresenceChange => ({
  kind: 'document',
  documentId,
  userId,
  entry: null,
});

/** Changes of one gateway. */
const apply = (state: WorkspaceState, gatewayId: string, changes: PresenceChange[], version: number) =>
  state.apply(
    changes.map((change) => ({ ...change, gatewayId })),
    version,
  );

describe('WorkspaceState', () => {
  it('tells who entered, and only of documents that look different', () => {
    const state = new WorkspaceState('w');
    const first = apply(state, 'g', [put('d', entry('a'))], 10);
    expect(first.entered.map(({ documentId, entry: { user } }) => [documentId, user.id])).toEqual([
      ['d', 'a'],
    ]);
    expect(first.documents.map(({ documentId, version }) => [documentId, version])).toEqual([['d', 10]]);
    const repeated = apply(state, 'g', [put('d', entry('a'))], 11);
    expect([repeated.documents, repeated.entered]).toEqual([[], []]);
    const phase = apply(state, 'g', [put('d', entry('a', { phase: 'edit', since: 2 }))], 12);
    expect(phase.entered).toEqual([]);
    expect(phase.totals).toEqual({ reading: 0, editing: 1 });
    const left = apply(state, 'g', [take('d', 'a'), take('nothing', 'a')], 13);
    expect(left.documents).toMatchObject([{ documentId: 'd', status: 'free', version: 13 }]);
    expect(left.totals).toEqual({ reading: 0, editing: 0 });
    expect([...state.occupied()]).toEqual([]);
    expect(state.document('d')).toMatchObject({ status: 'free', version: 13 });
  });

  it('keeps a person whom another gateway still holds', () => {
    const state = new WorkspaceState('w');
    apply(state, 'g1', [put('d', entry('a', { phase: 'edit' }))], 1);
    const second = apply(state, 'g2', [put('d', entry('a', { since: 5 }))], 2);
    expect([second.documents, second.entered]).toEqual([[], []]);
    const down = apply(state, 'g1', [take('d', 'a')], 3);
    expect(down.documents).toMatchObject([{ status: 'read', readerCount: 1 }]);
    expect(apply(state, 'g2', [take('d', 'a')], 4).documents).toMatchObject([{ status: 'free' }]);
  });

  it('counts people and not gateways, and names twenty', () => {
    const state = new WorkspaceState('w');
    const connect = (gateway: string, id: string, there: boolean, version: number) =>
      apply(state, gateway, [{ kind: 'connection', userId: id, user: there ? user(id) : null }], version)
        .people;
    expect(connect('g1', 'a', true, 1)).toEqual({ activeUsers: 1, people: [user('a')] });
    expect(connect('g2', 'a', true, 2)).toBeNull();
    expect(connect('g1', 'a', false, 3)).toBeNull();
    expect(connect('g1', 'never there', false, 4)).toBeNull();
    expect(connect('g2', 'a', false, 5)).toEqual({ activeUsers: 0, people: [] });
    for (let index = 0; index < 25; index += 1) connect('g1', `p${index}`, true, 6 + index);
    expect(state.people.activeUsers).toBe(25);
    expect(state.people.people).toHaveLength(20);
  });

  it('holds what was told, however it was told', () => {
    const step = fc.record({
      gateway: fc.constantFrom('g1', 'g2'),
      documentId: fc.constantFrom('d1', 'd2', 'd3'),
      userId: fc.constantFrom('a', 'b', 'c'),
      state: fc.option(
        fc.record({
          phase: fc.constantFrom('read' as const, 'edit' as const),
          unsaved: fc.boolean(),
          since: fc.nat(9),
        }),
      ),
    });
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 30 }), (batches) => {
        const state = new WorkspaceState('w');
        const told = new Map<string, Entry>();
        const seen = new Map<string, DocumentPresence>();
        batches.forEach((batch, index) => {
          const changes = batch.map(({ documentId, userId, state: said }) =>
            said ? put(documentId, entry(userId, said)) : take(documentId, userId),
          );
          batch.forEach(({ gateway, documentId, userId, state: said }, position) => {
            const change = changes[position];
            if (!change) throw new Error('a change a step');
            const key = `${documentId} ${userId} ${gateway}`;
            if (said) told.set(key, entry(userId, said));
            else told.delete(key);
            const delta = apply(state, gateway, [change], index * 10 + position + 1);
            for (const document of delta.documents) {
              expect(document.version).toBe(delta.version);
              expect(document).not.toEqual({ ...seen.get(document.documentId), version: document.version });
              seen.set(document.documentId, document);
            }
          });
        });
        const occupied = [...state.occupied()];
        for (const documentId of ['d1', 'd2', 'd3']) {
          const people = ['a', 'b', 'c']
            .map((id) =>
              mergeEntries(['g1', 'g2'].flatMap((g) => told.get(`${documentId} ${id} ${g}`) ?? [])),
            )
            .filter((merged) => merged !== null);
          const editors = people.filter(({ phase }) => phase === 'edit').length;
          expect(state.document(documentId)).toMatchObject({
            editorCount: editors,
            readerCount: people.length - editors,
            status: editors > 0 ? 'edit' : people.length > 0 ? 'read' : 'free',
          });
          expect(occupied.some((document) => document.documentId === documentId)).toBe(people.length > 0);
        }
        const count = (status: string) => occupied.filter((document) => document.status === status).length;
        expect(state.totals).toEqual({ reading: count('read'), editing: count('edit') });
      }),
    );
  });
});
