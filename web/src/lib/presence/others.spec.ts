import type { DocumentPresence, Person } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { othersIn, totalsWithoutMe } from './others';

const person = (id: string): Person => ({
  id,
  name: id,
  color: '#336699',
  since: '2026-11-20T10:00:00.000Z',
  unsaved: false,
  attention: 'active',
});

function presence(
  readers: string[],
  editors: string[],
  more: Partial<DocumentPresence> = {},
): DocumentPresence {
  return {
    documentId: 'd',
    workspaceId: 'w',
    version: 1,
    status: editors.length > 0 ? 'edit' : readers.length > 0 ? 'read' : 'free',
    readers: readers.map(person),
    editors: editors.map(person),
    readerCount: readers.length,
    editorCount: editors.length,
    ...more,
  };
}

describe('othersIn', () => {
  it('is free for a document nobody is in', () => {
    expect(othersIn(undefined, 'me', null)).toMatchObject({ status: 'free', mine: null });
  });

  it('never lets oneself change the colour', () => {
    expect(othersIn(presence([], ['me']), 'me', 'edit')).toMatchObject({ status: 'free', mine: 'edit' });
    expect(othersIn(presence(['fry'], ['me']), 'me', 'edit')).toMatchObject({
      status: 'read',
      readerCount: 1,
      editorCount: 0,
      mine: 'edit',
    });
  });

  it('prefers the stronger phase of another tab over that of this tab', () => {
    const seen = othersIn(presence([], ['me', 'fry']), 'me', 'read');
    expect(seen).toMatchObject({ status: 'edit', editorCount: 1, mine: 'edit' });
    expect(seen.editors.map(({ id }) => id)).toEqual(['fry']);
  });

  it('subtracts oneself where the list was cut before oneself', () => {
    const crowd = presence(['a', 'b'], [], { readerCount: 30 });
    expect(othersIn(crowd, 'me', 'read')).toMatchObject({ readerCount: 29, mine: 'read' });
    const editors = presence([], ['a', 'b'], { editorCount: 30 });
    expect(othersIn(editors, 'me', 'read')).toMatchObject({ editorCount: 29, readerCount: 0 });
  });

  it('subtracts nothing while the server has not heard of this tab yet', () => {
    expect(othersIn(presence(['fry'], []), 'me', 'read')).toMatchObject({ readerCount: 1, mine: 'read' });
    expect(othersIn(undefined, 'me', 'read')).toMatchObject({ status: 'free', mine: 'read' });
  });
});

describe('totalsWithoutMe', () => {
  it('counts what the labels show', () => {
    const documents = [
      presence([], ['me']),
      presence(['fry'], ['me']),
      presence(['me'], []),
      presence([], ['fry']),
    ];
    expect(totalsWithoutMe({ editing: 3, reading: 1 }, documents, 'me')).toEqual({ editing: 1, reading: 1 });
  });
});
