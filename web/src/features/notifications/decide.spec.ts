import { describe, expect, it } from 'vitest';
import { Burst } from './burst';
import { howToTell, type TabState } from './decide';

const saved = {
  eventId: '1',
  documentId: 'd',
  workspaceId: 'w',
  slug: 'd-1',
  title: 'D',
  revision: 2,
  savedBy: { id: 'fry', name: 'Fry', color: '#336699' },
  savedAt: '2026-11-20T10:00:00.000Z',
};
const tab: TabState = { userId: 'leela', visible: true, openSlug: null, permission: 'default', live: true };

describe('howToTell', () => {
  it('says nothing of one’s own saves, nor where the page shows it', () => {
    expect(howToTell(saved, { ...tab, userId: 'fry' })).toBe('nothing');
    expect(howToTell(saved, { ...tab, openSlug: 'd-1' })).toBe('nothing');
  });

  it('shows a toast', () => {
    expect(howToTell(saved, tab)).toBe('toast');
    expect(howToTell(saved, { ...tab, openSlug: 'other' })).toBe('toast');
    expect(howToTell(saved, { ...tab, visible: false })).toBe('toast');
  });

  it('uses the desktop where nobody looks and it is allowed', () => {
    const hidden = { ...tab, visible: false, permission: 'granted' } as const;
    expect(howToTell(saved, hidden)).toBe('desktop');
    expect(howToTell(saved, { ...hidden, openSlug: 'd-1' })).toBe('desktop');
    expect(howToTell(saved, { ...hidden, live: false })).toBe('toast');
  });
});

describe('Burst', () => {
  it('tells a few alone and a flood as a number', () => {
    const burst = new Burst();
    expect([0, 10, 20, 30, 40].map((now) => burst.take(now))).toEqual([null, null, null, 4, 5]);
    expect(burst.take(10_000)).toBeNull();
  });
});
