import type { Document } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { isDue, isUnsaved, type SaveAction, type SaveState, saveReducer, startEditing } from './save-state';

const fry = { id: 'fry', name: 'Fry', color: '#336699' };
const time = '2026-11-20T10:00:00.000Z';
const revision = (number: number, text: string): Document => ({
  id: 'd',
  slug: 'd-1',
  workspaceId: 'w',
  title: 'Title',
  abstract: '',
  text,
  imageUrl: null,
  thumbnails: [],
  author: fry,
  revision: number,
  createdAt: time,
  updatedAt: time,
  updatedBy: fry,
});
const step = (state: SaveState, ...actions: SaveAction[]): SaveState => actions.reduce(saveReducer, state);
const typed = (text: string): SaveAction => ({ type: 'typed', change: { text } });
const ASKED: SaveAction = { type: 'asked' };
const SENT: SaveAction = { type: 'sent', draft: { title: 'Title', abstract: '', text: '' } };
const start = startEditing(revision(1, 'one'));

describe('saveReducer', () => {
  it('is unsaved while what is typed differs from what is stored', () => {
    expect(isUnsaved(start)).toBe(false);
    expect(isUnsaved(step(start, typed('two')))).toBe(true);
    expect(isUnsaved(step(start, typed('two'), typed('one')))).toBe(false);
  });

  it('keeps what was typed while a save was on its way', () => {
    const sent = step(start, typed('two'), {
      type: 'sent',
      draft: { title: 'Title', abstract: '', text: 'two' },
    });
    const saved: SaveAction = { type: 'saved', document: revision(2, 'two') };
    expect(isUnsaved(step(sent, saved))).toBe(false);
    const typing = step(sent, typed('two and'), saved);
    expect(typing.draft.text).toBe('two and');
    expect(isUnsaved(typing)).toBe(true);
    expect(typing.base?.revision).toBe(2);
  });

  it('merges a save that is refused where the changes do not touch, and sends it on', () => {
    const merged = step(startEditing(revision(1, 'one\n\ntwo')), typed('one\n\ntwo!'), ASKED, {
      type: 'refused',
      current: revision(2, 'one?\n\ntwo'),
    });
    expect(merged).toMatchObject({ draft: { text: 'one?\n\ntwo!' }, base: { revision: 2 }, theirs: null });
    expect(isDue(merged)).toBe(true);
    const again = step(
      merged,
      { type: 'sent', draft: merged.draft },
      { type: 'refused', current: revision(3, 'one?\n\nnew\n\ntwo') },
    );
    expect(again).toMatchObject({ draft: { text: 'one?\n\nnew\n\ntwo!' }, base: { revision: 3 } });
    const saved = step(
      again,
      { type: 'sent', draft: again.draft },
      { type: 'saved', document: revision(4, again.draft.text) },
    );
    expect(saved).toMatchObject({
      wanted: false,
      merged: { from: { revision: 1 }, theirs: { revision: 3 }, saved: true },
    });
    expect(step(saved, typed('more'), ASKED).merged).toBeNull();
  });

  it('keeps what was typed when a refused save touches theirs, and waits for every choice', () => {
    const refused = step(start, typed('mine'), ASKED, { type: 'refused', current: revision(2, 'theirs') });
    expect(refused).toMatchObject({
      draft: { text: 'mine' },
      base: { revision: 1 },
      theirs: { because: 'touches' },
      wanted: false,
    });
    expect(step(refused, ASKED)).toMatchObject({
      draft: { text: 'mine' },
      base: { revision: 1 },
      wanted: false,
    });
    const both = step(refused, { type: 'chosen-all', choice: { kind: 'both' } }, ASKED);
    expect(both).toMatchObject({ draft: { text: 'mine\n\ntheirs' }, base: { revision: 2 }, theirs: null });
    expect(isDue(both)).toBe(true);
    const theirs = step(refused, { type: 'take-theirs' });
    expect(theirs).toMatchObject({ draft: { text: 'theirs' }, base: { revision: 2 }, theirs: null });
    expect(isUnsaved(theirs)).toBe(false);
  });

  it('keeps a choice while both sides say the same there, and asks anew otherwise', () => {
    const refused = step(startEditing(revision(1, 'a\n\nb')), typed('a1\n\nb1'), ASKED, {
      type: 'refused',
      current: revision(2, 'a2\n\nb2'),
    });
    const decided = step(refused, { type: 'chosen-all', choice: { kind: 'mine' } }, typed('a1\n\nb3'), ASKED);
    expect(decided).toMatchObject({ draft: { text: 'a1\n\nb3' }, theirs: { because: 'touches' } });
    expect(step(decided, { type: 'chosen-all', choice: { kind: 'theirs' } }, ASKED).draft.text).toBe(
      'a1\n\nb2',
    );
  });

  it('holds a save back while the server cannot be reached, and merges when it hears what came in between', () => {
    const waiting = step(startEditing(revision(1, 'one\n\ntwo')), typed('one\n\ntwo!'), ASKED, SENT, {
      type: 'unreachable',
      at: time,
    });
    expect(waiting).toMatchObject({ waiting: true, wanted: true, sentAt: null });
    expect(isDue(waiting)).toBe(false);
    const back = step(waiting, { type: 'arrived', document: revision(2, 'one?\n\ntwo') });
    expect(back).toMatchObject({ draft: { text: 'one?\n\ntwo!' }, base: { revision: 2 }, wanted: true });
    const touching = step(waiting, { type: 'arrived', document: revision(2, 'one\n\ntwo?') });
    expect(touching).toMatchObject({ theirs: { because: 'touches' }, wanted: false, waiting: false });
    expect(
      step(startEditing(null), typed('new'), ASKED, SENT, { type: 'unreachable', at: time }).sentAt,
    ).toBe(time);
  });

  it('takes a save whose answer got lost for done when it comes back as the current revision', () => {
    const back = step(start, typed('mine'), ASKED, SENT, { type: 'refused', current: revision(2, 'mine') });
    expect(back).toMatchObject({ base: { revision: 2 }, wanted: false, merged: null, theirs: null });
    expect(isUnsaved(back)).toBe(false);
  });

  it('takes up a kept draft on the revision it started from', () => {
    const restored = step(startEditing(revision(3, 'newest')), {
      type: 'restored',
      base: revision(1, 'one'),
      draft: { title: 'Title', abstract: '', text: 'typed' },
    });
    expect(restored).toMatchObject({
      base: { revision: 1 },
      draft: { text: 'typed' },
      theirs: { because: 'arrived', document: { revision: 3 } },
    });
  });

  it('shows a newer revision where nothing would be lost, and offers it otherwise', () => {
    const arrived: SaveAction = { type: 'arrived', document: revision(2, 'theirs') };
    expect(step(start, arrived)).toMatchObject({ draft: { text: 'theirs' }, theirs: null });
    expect(step(start, typed('mine'), arrived)).toMatchObject({
      draft: { text: 'mine' },
      base: { revision: 1 },
      theirs: { because: 'arrived', document: { revision: 2 } },
    });
    expect(step(start, { type: 'arrived', document: revision(1, 'one') })).toBe(start);
  });

  it('keeps what was typed when the document is deleted', () => {
    const deleted = step(start, typed('mine'), { type: 'deleted' });
    expect(deleted.draft.text).toBe('mine');
    expect(isUnsaved(deleted)).toBe(true);
    expect(step(deleted, { type: 'start-anew' })).toMatchObject({ base: null, deleted: false });
  });

  it('takes a new image without touching the words, and words that came with it as somebody else’s', () => {
    const state = step(start, typed('mine'), { type: 'illustrated', document: revision(2, 'one') });
    expect(state).toMatchObject({ draft: { text: 'mine' }, base: { revision: 2 } });
    const both = step(start, typed('mine'), { type: 'illustrated', document: revision(3, 'theirs') });
    expect(both).toMatchObject({
      draft: { text: 'mine' },
      base: { revision: 1 },
      theirs: { because: 'arrived' },
    });
  });

  it('keeps everything when the session is over', () => {
    const over = step(start, typed('mine'), ASKED, SENT, { type: 'signed-out' });
    expect(over).toMatchObject({ draft: { text: 'mine' }, signedOut: true, wanted: false, sending: null });
    expect(isDue(step(over, ASKED))).toBe(true);
  });

  it('sends nothing again and again that is refused for another reason', () => {
    const refused = step(start, typed('mine'), ASKED, SENT, { type: 'refused', current: revision(1, 'one') });
    expect(refused).toMatchObject({ draft: { text: 'mine' }, wanted: false });
    expect(refused.error).not.toBeNull();
  });

  it('says what failed and keeps everything', () => {
    const failed = step(start, typed('mine'), { type: 'failed', message: 'no' });
    expect(failed).toMatchObject({ draft: { text: 'mine' }, error: 'no', sending: null });
  });
});
