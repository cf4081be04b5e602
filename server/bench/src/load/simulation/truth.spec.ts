import { describe, expect, it } from 'vitest';
import type { Person } from './crowd.js';
import type { SimulatedGateway } from './gateway.js';
import { differences } from './truth.js';

const person = (documentId: string, place: string) =>
  ({
    user: { id: documentId, name: `Visitor ${documentId}` },
    workspaceId: 'w',
    documentId,
    place,
    unsaved: false,
    attention: 'active',
  }) as unknown as Person;

/** Shows one person who reads document `a`. */
const gateway = {
  followed: () => ['w'],
  store: {
    view: () => ({
      totals: { reading: 1, editing: 0 },
      people: { activeUsers: 1 },
      occupied: () => [{ documentId: 'a', readerCount: 1, editorCount: 0 }],
      entry: (documentId: string) =>
        documentId === 'a' ? { phase: 'read', unsaved: false, attention: 'active' } : null,
    }),
  },
} as unknown as SimulatedGateway;

describe('the truth of a simulation', () => {
  it('finds nothing where a gateway shows what people did', () => {
    expect(differences([person('a', 'read')], [gateway])).toEqual([]);
  });

  it('finds who is shown otherwise, who is missing and who is a ghost', () => {
    expect(differences([person('a', 'edit')], [gateway])[0]).toContain(
      'is read false active and should be edit',
    );
    expect(differences([person('a', 'read'), person('b', 'read')], [gateway])[0]).toContain('is null');
    expect(differences([person('a', 'dashboard')], [gateway])).toContain(
      'gateway 0, workspace w: the number of documents is 1 and should be 0',
    );
  });
});
