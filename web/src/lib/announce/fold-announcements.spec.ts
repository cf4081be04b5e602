import { describe, expect, it } from 'vitest';
import { foldAnnouncements } from './fold-announcements';

describe('foldAnnouncements', () => {
  it('says the latest about each subject', () => {
    expect(
      foldAnnouncements([
        { subject: 'a', text: 'Fry is reading A' },
        { subject: 'b', text: 'B is free' },
        { subject: 'a', text: 'Fry is editing A' },
      ]),
    ).toBe('B is free. Fry is editing A.');
  });

  it('counts a burst', () => {
    const burst = ['a', 'b', 'c', 'd'].map((subject) => ({ subject, text: subject }));
    expect(foldAnnouncements(burst)).toBe('4 documents changed.');
  });

  it('works a sentence out only where it is spoken', () => {
    const told: string[] = [];
    const lazy = (subject: string) => ({
      subject,
      text: () => {
        told.push(subject);
        return subject === 'unknown' ? '' : `${subject} is free`;
      },
    });
    expect(foldAnnouncements([lazy('A'), lazy('unknown')])).toBe('A is free.');
    expect(foldAnnouncements(['A', 'B', 'C', 'D'].map(lazy))).toBe('4 documents changed.');
    expect(told).toEqual(['A', 'unknown']);
  });

  it('is silent about nothing', () => expect(foldAnnouncements([])).toBe(''));
});
