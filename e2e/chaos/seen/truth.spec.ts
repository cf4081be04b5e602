import type { DocumentPresence, Person } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { type Doing, differences, isMore, type Shown, truthOf } from './truth.js';

const reads: Doing = { phase: 'read', unsaved: false, attention: 'active' };
const edits: Doing = { phase: 'edit', unsaved: true, attention: 'hidden' };
const tab = (userId: string, doing?: Doing, documentId = 'a') => ({
  userId,
  where: doing ? { documentId, ...doing } : null,
});
const person = (id: string, { unsaved, attention }: Doing): Person => ({
  id,
  name: id,
  color: '#336699',
  since: '2026-11-20T10:00:00.000Z',
  unsaved,
  attention,
});
const document = (
  readers: Person[],
  editors: Person[],
  more: Partial<DocumentPresence> = {},
): DocumentPresence => ({
  documentId: 'a',
  workspaceId: 'w',
  version: 1,
  status: editors.length > 0 ? 'edit' : 'read',
  readers,
  editors,
  readerCount: readers.length,
  editorCount: editors.length,
  ...more,
});
const shown = (documents: DocumentPresence[], people: string[], more: Partial<Shown> = {}): Shown => ({
  documents,
  totals: {
    reading: documents.filter(({ status }) => status === 'read').length,
    editing: documents.filter(({ status }) => status === 'edit').length,
  },
  activeUsers: people.length,
  people,
  ...more,
});

describe('truthOf', () => {
  it('counts a person once, with the strongest of what their tabs do', () => {
    const { documents, connected } = truthOf([tab('fry', reads), tab('fry', edits), tab('leela')]);
    expect([...connected]).toEqual(['fry', 'leela']);
    expect(documents.get('a')?.get('fry')).toMatchObject({
      phase: 'edit',
      unsaved: true,
      attention: 'active',
    });
    expect(documents.size).toBe(1);
  });
});

describe('isMore', () => {
  it('compares phase first, then unsaved changes, then attention', () => {
    expect(isMore(edits, reads)).toBe(true);
    expect(isMore(reads, edits)).toBe(false);
    expect(isMore({ ...reads, unsaved: true }, reads)).toBe(true);
    expect(isMore(reads, { ...reads, attention: 'idle' })).toBe(true);
    expect(isMore(reads, reads)).toBe(false);
  });
});

describe('differences', () => {
  const truth = truthOf([tab('fry', edits), tab('leela', reads)]);
  const right = document([person('leela', reads)], [person('fry', edits)]);

  it('finds none where what is shown is what is', () => {
    expect(differences(truth, shown([right], ['fry', 'leela']))).toEqual([]);
    expect(differences(truthOf([]), shown([], []))).toEqual([]);
  });

  it('finds who is missing, who is not there, and who is shown as something else', () => {
    expect(differences(truth, shown([], ['fry', 'leela'])).length).toBeGreaterThan(0);
    expect(differences(truthOf([tab('fry'), tab('leela')]), shown([right], ['fry', 'leela']))).toContain(
      'a: shown with 1 editors and 1 readers, is free',
    );
    const ghost = document([person('leela', reads), person('bender', reads)], [person('fry', edits)]);
    expect(differences(truth, shown([ghost], ['fry', 'leela']))).toContain(
      'a: shows bender, who is not there',
    );
    const idle = document([person('leela', { ...reads, attention: 'idle' })], [person('fry', edits)]);
    expect(differences(truth, shown([idle], ['fry', 'leela']))).toEqual([
      'a: shows leela as read idle, is read active',
    ]);
  });

  it('finds wrong counts, whatever is listed', () => {
    const miscounted = { ...right, readerCount: 2 };
    expect(differences(truth, shown([miscounted], ['fry', 'leela']))).toHaveLength(1);
    expect(differences(truth, shown([right], ['fry', 'leela'], { activeUsers: 3 }))).toEqual([
      'active users: shown 3, are 2',
    ]);
    const totals = { reading: 1, editing: 1 };
    expect(differences(truth, shown([right], ['fry', 'leela'], { totals }))).toEqual([
      'total reading: shown 1, is 0',
    ]);
    expect(differences(truth, shown([right], ['fry', 'bender']))).toHaveLength(1);
  });

  it('looks only at the documents that a dashboard shows, and at the totals of all', () => {
    const totals = { reading: 0, editing: 1 };
    expect(differences(truth, shown([], ['fry', 'leela'], { totals }), new Set(['b']))).toEqual([]);
  });

  it('takes a crowded document for right where the listed ones are, and the counts', () => {
    const ids = Array.from({ length: 30 }, (_, i) => `p${i}`);
    const listed = ids.slice(0, 20);
    const crowd = document(
      listed.map((id) => person(id, reads)),
      [],
      { readerCount: 30 },
    );
    const many = truthOf(ids.map((id) => tab(id, reads)));
    expect(differences(many, shown([crowd], listed, { activeUsers: 30 }))).toEqual([]);
  });
});
