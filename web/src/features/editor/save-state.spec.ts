import type { Document } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { isUnsaved, type SaveAction, type SaveState, saveReducer, startEditing } from './save-state';

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

  it('keeps what was typed when a save is refused, and never saves over by itself', () => {
    const refused = step(start, typed('mine'), { type: 'refused', current: revision(2, 'theirs') });
    expect(refused).toMatchObject({
      draft: { text: 'mine' },
      base: { revision: 1 },
      theirs: { because: 'refused' },
    });
    const mine = step(refused, { type: 'rebase' });
    expect(mine).toMatchObject({ draft: { text: 'mine' }, base: { revision: 2 }, theirs: null });
    const theirs = step(refused, { type: 'take-theirs' });
    expect(theirs).toMatchObject({ draft: { text: 'theirs' }, base: { revision: 2 }, theirs: null });
    expect(isUnsaved(theirs)).toBe(false);
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

  it('takes a new image without touching the words', () => {
    const state = step(start, typed('mine'), { type: 'illustrated', document: revision(2, 'one') });
    expect(state).toMatchObject({ draft: { text: 'mine' }, base: { revision: 2 } });
  });

  it('says what failed and keeps everything', () => {
    const failed = step(start, typed('mine'), { type: 'failed', message: 'no' });
    expect(failed).toMatchObject({ draft: { text: 'mine' }, error: 'no', sending: null });
  });
});
