import type { DocumentSaved, Notice, WorkspaceRules } from '@doclight/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Burst } from './burst';
import { type PassingSaves, passingSaves } from './passing-saves';

const save = (documentId: string, by = 'fry'): DocumentSaved => ({
  eventId: `save-${documentId}`,
  documentId,
  workspaceId: 'w',
  slug: documentId,
  title: documentId,
  revision: 2,
  savedBy: { id: by, name: by, color: '#336699' },
  savedAt: '2026-11-20T10:00:00.000Z',
});
const rules: WorkspaceRules = {
  level: 'default',
  types: { saved: true, created: true, deleted: true, opened: true, mentioned: true, 'edit-requested': true },
  documents: [{ id: 'muted', slug: 'muted', title: 'Muted', level: 'mute' }],
};

describe('saves that pass by', () => {
  let toasts: string[];
  let notified: string[];
  let visibility: 'visible' | 'hidden';
  let allowed: boolean;
  let quiet: boolean;
  let mine: WorkspaceRules;
  let passing: PassingSaves;
  beforeEach(() => {
    vi.useFakeTimers();
    toasts = [];
    notified = [];
    visibility = 'visible';
    allowed = false;
    quiet = false;
    mine = rules;
    vi.stubGlobal('document', {
      get visibilityState() {
        return visibility;
      },
    });
    vi.stubGlobal('navigator', {});
    passing = passingSaves({
      userId: 'leela',
      isOpen: (slug) => slug === 'open',
      rules: async () => mine,
      mayNotify: () => allowed,
      isQuiet: async () => quiet,
      notify: ({ documentId }) => notified.push(documentId),
      toast: ({ documentId }) => toasts.push(documentId),
      toastMany: (count) => toasts.push(`${count} documents`),
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(10_000);
  const told = (id: string): void =>
    passing.told({ document: { id, slug: id, title: id, exists: true } } as Notice);

  it('are mentioned, but for one’s own and what the page shows', async () => {
    for (const event of [save('a'), save('b', 'leela'), save('open')]) passing.saved(event);
    await settle();
    expect(toasts).toEqual(['a']);
  });

  it('are left to the server where it tells of them, before or after', async () => {
    told('a');
    passing.saved(save('a'));
    passing.saved(save('b'));
    await vi.advanceTimersByTimeAsync(1_000);
    told('b');
    await settle();
    expect(toasts).toEqual([]);
    passing.saved(save('a'));
    await settle();
    expect(toasts).toEqual(['a']);
  });

  it('are not mentioned where the person has muted them, or looks elsewhere', async () => {
    passing.saved(save('muted'));
    await settle();
    mine = { ...rules, types: { ...rules.types, saved: false } };
    passing.saved(save('a'));
    await settle();
    mine = { ...rules, level: 'mute' };
    passing.saved(save('a'));
    await settle();
    mine = rules;
    visibility = 'hidden';
    passing.saved(save('a'));
    await settle();
    expect(toasts).toEqual([]);
  });

  it('are shown on the desktop by a hidden page that may, but not in quiet hours', async () => {
    visibility = 'hidden';
    passing.saved(save('a'));
    await settle();
    allowed = true;
    passing.saved(save('b'));
    passing.saved(save('muted'));
    passing.saved(save('open'));
    await settle();
    quiet = true;
    passing.saved(save('c'));
    await settle();
    expect([toasts, notified]).toEqual([[], ['b', 'open']]);
  });

  it('become a number when they are many', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) passing.saved(save(id));
    await settle();
    expect(toasts).toEqual(['a', 'b', 'c', '4 documents', '5 documents']);
  });
});

it('a flood is told as a number, until it is over', () => {
  const burst = new Burst();
  expect([0, 10, 20, 30, 40].map((now) => burst.take(now))).toEqual([null, null, null, 4, 5]);
  expect(burst.take(10_000)).toBeNull();
});
