import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentPresence, Totals } from './model.js';
import {
  emptyPresenceView,
  foldDiff,
  foldDocument,
  foldSnapshot,
  hasGap,
  occupiedDocuments,
  type PresenceView,
} from './presence-fold.js';
import type { DashboardSnapshot, PresenceDiff } from './socket.js';

const STATUSES = ['free', 'read', 'edit'] as const;

/** A workspace as the server has it: the other end of what the fold follows. */
class Source {
  version = 100;
  readonly documents = new Map<string, DocumentPresence>();

  change(id: string, status: DocumentPresence['status']): void {
    this.version += 1;
    this.documents.set(id, {
      documentId: id,
      workspaceId: 'w',
      version: this.version,
      status,
      readers: [],
      editors: [],
      readerCount: Number(status === 'read'),
      editorCount: Number(status === 'edit'),
    });
  }

  get occupied(): DocumentPresence[] {
    return [...this.documents.values()].filter((document) => document.status !== 'free');
  }

  get totals(): Totals {
    const count = (status: string) => this.occupied.filter((document) => document.status === status).length;
    return { reading: count('read'), editing: count('edit') };
  }

  snapshot(): DashboardSnapshot {
    const { version, totals, occupied } = this;
    return { version, totals, documents: occupied, activeUsers: 0, people: [], truncated: false };
  }

  frameSince(previous: number): PresenceDiff {
    const documents = [...this.documents.values()].filter((document) => document.version > previous);
    return { workspaceId: 'w', previous, version: this.version, totals: this.totals, documents };
  }
}

interface Story {
  readonly source: Source;
  readonly snapshot: DashboardSnapshot;
  readonly frames: readonly PresenceDiff[];
}

/** A workspace that changed in batches, the snapshot taken after some of them, and every later frame. */
const story: fc.Arbitrary<Story> = fc
  .record({
    before: fc.array(fc.tuple(fc.nat(5), fc.nat(2)), { maxLength: 10 }),
    batches: fc.array(fc.array(fc.tuple(fc.nat(5), fc.nat(2)), { minLength: 1, maxLength: 4 }), {
      maxLength: 12,
    }),
  })
  .map(({ before, batches }) => {
    const source = new Source();
    const change = ([id, status]: [number, number]) => source.change(`d${id}`, STATUSES[status] ?? 'free');
    before.forEach(change);
    const snapshot = source.snapshot();
    const frames = batches.map((batch) => {
      const previous = source.version;
      batch.forEach(change);
      return source.frameSince(previous);
    });
    return { source, snapshot, frames };
  });

const byId = (documents: readonly DocumentPresence[]) =>
  Object.fromEntries(documents.map((document) => [document.documentId, document]));

function expectSame(view: PresenceView, source: Source): void {
  expect(view.version).toBe(source.version);
  expect(hasGap(view)).toBe(false);
  expect(view.totals).toEqual(source.totals);
  expect(byId(occupiedDocuments(view))).toEqual(byId(source.occupied));
}

describe('folding frames', () => {
  it('gives the source, in order', () => {
    fc.assert(
      fc.property(story, ({ source, snapshot, frames }) => {
        expectSame(frames.reduce(foldDiff, foldSnapshot(emptyPresenceView, snapshot)), source);
      }),
    );
  });

  it('gives the source in any order, with repeats', () => {
    const shuffled = story.chain((told) =>
      fc
        .tuple(
          fc.shuffledSubarray([...told.frames], { minLength: told.frames.length }),
          fc.subarray([...told.frames]),
        )
        .map(([order, repeats]) => ({ ...told, order: [...repeats, ...order, ...repeats] })),
    );
    fc.assert(
      fc.property(shuffled, ({ source, snapshot, order }) => {
        expectSame(order.reduce(foldDiff, foldSnapshot(emptyPresenceView, snapshot)), source);
      }),
    );
  });

  it('gives the source where frames overtook the join answer', () => {
    const split = story.chain((told) => fc.nat(told.frames.length).map((at) => ({ ...told, at })));
    fc.assert(
      fc.property(split, ({ source, snapshot, frames, at }) => {
        const early = frames.slice(0, at).reduce(foldDiff, emptyPresenceView);
        expectSame(frames.slice(at).reduce(foldDiff, foldSnapshot(early, snapshot)), source);
      }),
    );
  });

  it('notices every frame that is missing before the last one', () => {
    const broken = story
      .filter(({ frames }) => frames.length >= 2)
      .chain((told) => fc.nat(told.frames.length - 2).map((missing) => ({ ...told, missing })));
    fc.assert(
      fc.property(broken, ({ snapshot, frames, missing }) => {
        const view = frames
          .filter((_, position) => position !== missing)
          .reduce(foldDiff, foldSnapshot(emptyPresenceView, snapshot));
        expect(hasGap(view)).toBe(true);
      }),
    );
  });

  it('is whole again after joining again, whatever was missed', () => {
    const holed = story.chain((told) => fc.subarray([...told.frames]).map((some) => ({ ...told, some })));
    fc.assert(
      fc.property(holed, ({ source, snapshot, some }) => {
        const holey = some.reduce(foldDiff, foldSnapshot(emptyPresenceView, snapshot));
        expectSame(foldSnapshot(holey, source.snapshot()), source);
      }),
    );
  });
});

describe('a view', () => {
  const read = (version: number): DocumentPresence => {
    const source = new Source();
    source.version = version - 1;
    source.change('d', 'read');
    const [document] = source.occupied;
    if (!document) throw new Error('a document that is read is occupied');
    return document;
  };

  it('stays the same object where nothing is new', () => {
    const source = new Source();
    source.change('d', 'read');
    const view = foldSnapshot(emptyPresenceView, source.snapshot());
    const frame = source.frameSince(100);
    expect(foldDiff(view, frame)).toBe(view);
    expect(foldDocument(view, read(101))).toBe(view);
  });

  it('takes a document told outside a frame, and no older one', () => {
    const view = foldDocument(foldSnapshot(emptyPresenceView, new Source().snapshot()), read(105));
    expect(view.documents.get('d')?.version).toBe(105);
    expect(foldDocument(view, read(104))).toBe(view);
  });

  it('takes nothing that was true only before the snapshot', () => {
    const view = foldSnapshot(emptyPresenceView, new Source().snapshot());
    expect(foldDocument(view, read(99))).toBe(view);
    expect(occupiedDocuments(view)).toEqual([]);
  });

  it('has a gap before the first join answer', () => {
    const source = new Source();
    source.change('d', 'edit');
    expect(hasGap(foldDiff(emptyPresenceView, source.frameSince(100)))).toBe(true);
  });
});
