import type { DocumentPresence } from '@doclight/protocol';
import { expect, it } from 'vitest';
import { type Doing, truthOf } from './truth.js';
import { Watch } from './watch.js';

const reads: Doing = { phase: 'read', unsaved: false, attention: 'active' };
const edits: Doing = { ...reads, phase: 'edit' };
const truth = (doing?: Doing) =>
  truthOf(doing ? [{ userId: 'fry', where: { documentId: 'a', ...doing } }] : []);
const fry = { id: 'fry', name: 'Fry', color: '#336699', since: '2026-11-20T10:00:00.000Z', ...reads };
const screen = (doing?: Doing) => {
  const isEdit = doing?.phase === 'edit';
  const document: DocumentPresence = {
    documentId: 'a',
    workspaceId: 'w',
    version: 1,
    status: isEdit ? 'edit' : 'read',
    readers: isEdit ? [] : [fry],
    editors: isEdit ? [fry] : [],
    readerCount: isEdit ? 0 : 1,
    editorCount: isEdit ? 1 : 0,
  };
  const shown = {
    documents: doing ? [document] : [],
    totals: { reading: 0, editing: 0 },
    activeUsers: 1,
    people: [],
  };
  return [{ name: 'A', shown, documentIds: undefined }];
};

it('measures how long somebody is shown who is not there', () => {
  const watch = new Watch();
  watch.sample(0, truth(), screen(reads));
  watch.sample(400, truth(), screen(reads));
  watch.sample(500, truth(), screen());
  watch.sample(600, truth(), screen(reads));
  expect(watch.ghost).toEqual({ ms: 400, what: 'fry in a on A' });
  expect(watch.gap.ms).toBe(0);
});

it('measures how long somebody is not shown', () => {
  const watch = new Watch();
  watch.sample(0, truth(reads), screen());
  watch.sample(300, truth(reads), screen());
  watch.sample(400, truth(reads), screen(reads));
  expect(watch.gap.ms).toBe(300);
  expect(watch.ghost.ms).toBe(0);
});

it('takes one who is shown as more for a ghost, and as less for a gap', () => {
  const watch = new Watch();
  watch.sample(0, truth(reads), screen(edits));
  watch.sample(100, truth(reads), screen(edits));
  watch.sample(200, truth(edits), screen(reads));
  watch.sample(400, truth(edits), screen(reads));
  expect([watch.ghost.ms, watch.gap.ms]).toEqual([100, 200]);
});
