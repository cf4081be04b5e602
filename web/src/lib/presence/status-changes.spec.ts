import type { DocumentPresence } from '@doclight/protocol';
import { emptyPresenceView, foldDiff, foldSnapshot } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import type { WorkspacePresence } from '../realtime/dashboards';
import { statusChanges } from './status-changes';

const fry = {
  id: 'fry',
  name: 'Fry',
  color: '#336699',
  since: '2026-11-20T10:00:00.000Z',
  unsaved: false,
  attention: 'active',
} as const;
const reading = (documentId: string, version: number, person: { id: string } = fry): DocumentPresence => ({
  documentId,
  workspaceId: 'w',
  version,
  status: 'read',
  readers: [{ ...fry, ...person }],
  editors: [],
  readerCount: 1,
  editorCount: 0,
});
const totals = { reading: 0, editing: 0 };
const snapshot = { version: 1, activeUsers: 1, people: [], totals, documents: [], truncated: false };
const all = (presence: WorkspacePresence) => new Map([['w', presence]]);

describe('statusChanges', () => {
  const joined = foldSnapshot(emptyPresenceView, snapshot);
  const next = foldDiff(joined, {
    workspaceId: 'w',
    previous: 1,
    version: 2,
    totals,
    documents: [reading('a', 2), reading('b', 2, { id: 'me' })],
  });

  it('finds the labels that changed, as oneself sees them', () => {
    const changes = statusChanges(
      all({ view: joined, known: true, truncated: false }),
      all({ view: next, known: true, truncated: false }),
      'me',
    );
    expect(changes.map(({ documentId, others }) => [documentId, others.status])).toEqual([['a', 'read']]);
  });

  it('takes the first knowledge for no change', () => {
    expect(statusChanges(new Map(), all({ view: next, known: true, truncated: false }), 'me')).toEqual([]);
    expect(
      statusChanges(
        all({ view: emptyPresenceView, known: false, truncated: false }),
        all({ view: next, known: true, truncated: false }),
        'me',
      ),
    ).toEqual([]);
  });

  it('notices documents that a new snapshot no longer lists', () => {
    const free = foldSnapshot(next, { ...snapshot, version: 3 });
    const changes = statusChanges(
      all({ view: next, known: true, truncated: false }),
      all({ view: free, known: true, truncated: false }),
      'me',
    );
    expect(changes.map(({ documentId, others }) => [documentId, others.status])).toEqual([['a', 'free']]);
  });
});
