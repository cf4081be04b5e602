import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchLines } from './match-lines';
import { type DiffRow, rowsOf, sideBySide } from './rows';
import { diffText, linesOf } from './text-diff';
import { diffWords, type Piece, tokensOf } from './words';

const side = (pieces: readonly Piece[], without: Piece['kind']): string =>
  pieces
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');

/** Reads one side of the text out of rows, the way a person would. */
function sideOf(rows: readonly DiffRow[], which: 'before' | 'after'): string[] {
  return rows.flatMap((row) => {
    if (row.kind === 'same') return [row.text];
    if (row.kind === 'changed')
      return [side(diffWords(row.before, row.after), which === 'before' ? 'added' : 'removed')];
    if (row.kind === 'removed') return which === 'before' ? [row.before] : [];
    if (row.kind === 'added') return which === 'after' ? [row.after] : [];
    return [];
  });
}

/** Texts that have much in common, as revisions have: few different lines, in any order and number. */
const line = fc.constantFrom(
  '',
  '- item',
  'The crew ships eight deliveries a week.',
  'The crew ships nine deliveries a week!',
  'Ein Satz, der 日本語 und Ελληνικά enthält 👩‍👩‍👧.',
  'trailing \r',
  '\t```',
);
const text = fc
  .array(fc.oneof({ weight: 6, arbitrary: line }, fc.string({ unit: 'binary', maxLength: 12 })), {
    maxLength: 40,
  })
  .map((lines) => lines.join('\n'));
const pairOfTexts = fc.tuple(text, text);

const allRows = (before: string, after: string): DiffRow[] => {
  const diff = diffText(before, after);
  const open = new Set(diff.blocks.flatMap((block) => (block.same ? [block.before] : [])));
  return rowsOf(diff, open, Number.POSITIVE_INFINITY).map(({ row }) => row);
};

describe('the diff of two texts', () => {
  it('holds both of them, whatever they are', () => {
    fc.assert(
      fc.property(pairOfTexts, ([before, after]) => {
        const rows = allRows(before, after);
        expect(sideOf(rows, 'before').join('\n')).toBe(before);
        expect(sideOf(rows, 'after').join('\n')).toBe(after);
      }),
      { numRuns: 400 },
    );
  });

  it('shows nothing as changed that is the same', () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(diffText(same, same)).toMatchObject({ added: 0, removed: 0, changed: 0 });
      }),
    );
  });

  it('has keys and counts that fit its rows, folded or not, in one column or two', () => {
    fc.assert(
      fc.property(pairOfTexts, fc.integer({ min: 1, max: 60 }), ([before, after], most) => {
        const diff = diffText(before, after);
        const rows = rowsOf(diff, new Set(), most);
        expect(rows.length).toBeLessThanOrEqual(most);
        for (const shown of [rows, sideBySide(rows)])
          expect(new Set(shown.map(({ key }) => key)).size).toBe(shown.length);
        const whole = rowsOf(diff, new Set(), Number.POSITIVE_INFINITY);
        const hidden = whole.reduce((sum, { row }) => sum + (row.kind === 'fold' ? row.count : 0), 0);
        const old = whole.filter(({ row }) => row.kind !== 'added' && row.kind !== 'fold').length;
        expect(old + hidden).toBe(diff.before.length);
        const counted = { added: 0, removed: 0, changed: 0 };
        for (const { row } of whole) if (row.kind in counted) counted[row.kind as 'added'] += 1;
        expect(counted).toEqual({ added: diff.added, removed: diff.removed, changed: diff.changed });
      }),
    );
  });

  it('ties lines together by what is rare, not by blank lines', () => {
    const before = 'One\n\nTwo\n\nThree';
    const after = 'One\n\nNew\n\nTwo\n\nThree';
    expect(matchLines(linesOf(before), linesOf(after))).toEqual([
      { before: 0, after: 0, count: 2 },
      { before: 2, after: 4, count: 3 },
    ]);
  });

  it('finds the line that became another, also behind new ones', () => {
    const rows = allRows(
      'The crew ships eight deliveries a week.',
      'Unrelated words come first.\nThe crew ships nine deliveries a week.',
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['added', 'changed']);
  });

  it('folds what is unchanged, between changes and at both ends', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `Line ${index}`);
    const after = lines.with(25, 'Other words').join('\n');
    const rows = rowsOf(diffText(lines.join('\n'), after), new Set(), 100).map(({ row }) => row);
    expect(rows.map((row) => (row.kind === 'fold' ? row.count : row.kind))).toEqual([
      22,
      'same',
      'same',
      'same',
      'removed',
      'added',
      'same',
      'same',
      'same',
      21,
    ]);
  });
});

describe('the words of a changed line', () => {
  it('give both lines', () => {
    const words = fc
      .array(fc.constantFrom('a', 'the', ' ', ', ', 'ship', '日本', '👩‍👩‍👧', 'don’t', '**', '\t', 'é'), {
        maxLength: 30,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(words, fc.string({ unit: 'binary' })), words, (before, after) => {
        const pieces = diffWords(before, after);
        expect(side(pieces, 'added')).toBe(before);
        expect(side(pieces, 'removed')).toBe(after);
        expect(pieces.every(({ text: words }) => words !== '')).toBe(true);
        expect(tokensOf(before).join('')).toBe(before);
      }),
    );
  });

  it('are marked as people would', () => {
    expect(diffWords('Ship eight parcels a week.', 'Ship nine parcels a week.')).toEqual([
      { kind: 'same', text: 'Ship ' },
      { kind: 'removed', text: 'eight' },
      { kind: 'added', text: 'nine' },
      { kind: 'same', text: ' parcels a week.' },
    ]);
    // Two words in a row are one change, not two with a space between them.
    expect(diffWords('All is quite well here today', 'All is very bad here today')).toEqual([
      { kind: 'same', text: 'All is ' },
      { kind: 'removed', text: 'quite well' },
      { kind: 'added', text: 'very bad' },
      { kind: 'same', text: ' here today' },
    ]);
  });
});

describe('texts as long as a document may be', () => {
  const MEGABYTE = 1_000_000;
  const paragraphs = (seed: string, length: number): string => {
    const lines: string[] = [];
    for (let size = 0; size < MEGABYTE; size += length + 1) {
      const words = `${seed} ${lines.length} `;
      lines.push(words.repeat(Math.ceil(length / words.length)).slice(0, length));
    }
    return lines.join('\n');
  };
  const everyOther = (source: string): string =>
    linesOf(source)
      .map((words, index) => (index % 2 ? words : words.replace(' ', ' newly ')))
      .join('\n');

  it.each([
    [
      'one word changed',
      paragraphs('delivery', 60),
      paragraphs('delivery', 60).replace('delivery 500', 'parcel 500'),
    ],
    ['every other line changed', paragraphs('delivery', 60), everyOther(paragraphs('delivery', 60))],
    ['nothing in common', paragraphs('delivery', 60), paragraphs('parcel', 45)],
    ['short lines that repeat, shuffled', 'a\nb\n'.repeat(100_000), 'b\nc\na\n'.repeat(60_000)],
    [
      'lines turned round',
      paragraphs('delivery', 40),
      linesOf(paragraphs('delivery', 40)).reverse().join('\n'),
    ],
    ['one line', paragraphs('delivery', MEGABYTE), paragraphs('parcel', MEGABYTE)],
  ])('are compared without the page freezing: %s', (_, before, after) => {
    const started = performance.now();
    const diff = diffText(before, after);
    const rows = rowsOf(diff, new Set(), 300);
    for (const { row } of rows) if (row.kind === 'changed') diffWords(row.before, row.after);
    const took = performance.now() - started;
    expect(diff.added + diff.removed + diff.changed).toBeGreaterThan(0);
    expect(took).toBeLessThan(4_000);
  });
});
