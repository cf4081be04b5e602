import type { Document } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { afterConflict, changeRenaming, checkTitle, renamings, startRenaming } from './rename-state';

const person = { id: 'fry', name: 'Fry', color: '#336699' };
const time = '2026-11-20T10:00:00.000Z';
const document = (title: string): Document => ({
  id: 'd',
  slug: 'd-1',
  workspaceId: 'w',
  title,
  abstract: '',
  text: '',
  imageUrl: null,
  thumbnails: [],
  author: person,
  revision: 3,
  createdAt: time,
  updatedAt: time,
  updatedBy: person,
});

describe('a new title', () => {
  it('is saved where it differs and fits', () => {
    expect(checkTitle('Old', ' Old ')).toBe('same');
    expect(checkTitle('Old', 'New')).toBe('fine');
    expect(checkTitle('Old', '  ')).toEqual({ error: 'The title must not be empty.' });
    expect(checkTitle('Old', 'x'.repeat(201))).toEqual({
      error: 'The title must be at most 200 characters.',
    });
  });

  it('goes over a newer revision with the old title, and not over another title', () => {
    expect(afterConflict('Old', 'New', document('Old'))).toBe('again');
    expect(afterConflict('Old', 'New', document('New'))).toBe('done');
    expect(afterConflict('Old', 'New', document('Theirs'))).toBe('ask');
  });

  it('is kept while it is typed, and started once', () => {
    startRenaming(document('Old'), null);
    changeRenaming('d', { typed: 'New' });
    startRenaming(document('Old'), null);
    expect(renamings.get().get('d')).toMatchObject({ base: { title: 'Old', revision: 3 }, typed: 'New' });
    changeRenaming('d', null);
    changeRenaming('d', { typed: 'Late' });
    expect(renamings.get().size).toBe(0);
  });
});
