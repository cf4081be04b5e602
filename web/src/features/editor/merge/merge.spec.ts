import fc from 'fast-check';
import { diff3Merge } from 'node-diff3';
import { describe, expect, it } from 'vitest';
import {
  type Choice,
  type Choices,
  chosenText,
  mergeDraft,
  resolve,
  undecided,
  type Words,
} from './merge-draft';
import { mergeText, type Piece, type TextMerge } from './merge-text';

const NONE: Choices = new Map();
const clean = ({ pieces }: TextMerge): boolean => pieces.every(({ kind }) => kind === 'settled');
const read = (merge: TextMerge, side: 'mine' | 'theirs' = 'mine'): string =>
  merge.pieces.flatMap((piece) => (piece.kind === 'settled' ? piece.lines : piece[side])).join(merge.eol);
const sides = (merge: TextMerge): [string, string][] =>
  merge.pieces.flatMap((piece): [string, string][] =>
    piece.kind === 'conflict' ? [[piece.mine.join('\n'), piece.theirs.join('\n')]] : [],
  );
const swapped = (pieces: readonly Piece[]): Piece[] =>
  pieces.map((piece) =>
    piece.kind === 'settled' ? piece : { ...piece, mine: piece.theirs, theirs: piece.mine },
  );

describe('changes that do not touch', () => {
  it.each([
    [
      'different paragraphs',
      'One.\n\nTwo.\n\nThree.',
      'One!\n\nTwo.\n\nThree.',
      'One.\n\nTwo.\n\nThree!',
      'One!\n\nTwo.\n\nThree!',
    ],
    [
      'a paragraph at each end',
      'Before.',
      'Before.\n\nTyped.',
      'Intro.\n\nBefore.',
      'Intro.\n\nBefore.\n\nTyped.',
    ],
    [
      'neighbouring lines',
      '- fuel\n- water\n- food',
      '- jet fuel\n- water\n- food',
      '- fuel\n- fresh water\n- food',
      '- jet fuel\n- fresh water\n- food',
    ],
    [
      'checked items in a row',
      '- [ ] fuel\n- [ ] water',
      '- [x] fuel\n- [ ] water',
      '- [ ] fuel\n- [x] water',
      '- [x] fuel\n- [x] water',
    ],
    [
      'sentences of one paragraph',
      'The ship is old. It needs fuel. We leave soon.',
      'The ship is new. It needs fuel. We leave soon.',
      'The ship is old. It needs fuel. We leave on Monday.',
      'The ship is new. It needs fuel. We leave on Monday.',
    ],
    [
      'a new line under an edited one',
      '- fuel\n- water',
      '- fuel\n- food\n- water',
      '- jet fuel\n- water',
      '- jet fuel\n- food\n- water',
    ],
    [
      'a new paragraph above a rewritten one',
      'One.\n\nThe old words stand here.',
      'One.\n\nNew.\n\nThe old words stand here.',
      'One.\n\nNothing alike.',
      'One.\n\nNew.\n\nNothing alike.',
    ],
    [
      'cells of one row',
      '| a | b | c |\n| - | - | - |\n| 1 | 2 | 3 |',
      '| a | b | c |\n| - | - | - |\n| 7 | 2 | 3 |',
      '| a | b | c |\n| - | - | - |\n| 1 | 2 | 9 |',
      '| a | b | c |\n| - | - | - |\n| 7 | 2 | 9 |',
    ],
    [
      'a deleted item and an edited neighbour',
      'a one\nb two\nc three',
      'a one\nc three',
      'a one\nb two\nc four three',
      'a one\nc four three',
    ],
    ['the same change of both', 'One.\nTwo.', 'Same.\nTwo.', 'Same.\nTwo, three.', 'Same.\nTwo, three.'],
    ['line ends that one changed', 'a\nb\nc', 'a\r\nb\r\nc', 'a\nb\nd', 'a\r\nb\r\nd'],
  ])('are merged: %s', (_, base, mine, theirs, merged) => {
    for (const merge of [mergeText(base, mine, theirs), mergeText(base, theirs, mine)]) {
      expect(sides(merge)).toEqual([]);
      expect(read(merge)).toBe(merged);
    }
  });
});

describe('changes that touch', () => {
  it.each([
    ['one word', 'Meet on Monday.', 'Meet on Tuesday.', 'Meet on Friday.'],
    ['words side by side', 'Meet on Monday morning.', 'Meet on Tuesday morning.', 'Meet on Monday evening.'],
    ['two new items at one place', '- fuel', '- fuel\n- water', '- fuel\n- food'],
    [
      'deleted here and edited there',
      'One.\n\nTwo is here.\n\nThree.',
      'One.\n\nThree.',
      'One.\n\nTwo is there.\n\nThree.',
    ],
    [
      'rewritten here and mended there',
      'Alpha beta gamma delta epsilon zeta.',
      'Eins zwei gamma drei vier fünf sechs.',
      'Alpha beta gamma delta epsilon zetta.',
    ],
    [
      'neighbouring lines of code',
      '```\nlet a = 1;\nlet b = 2;\n```',
      '```\nlet a = 3;\nlet b = 2;\n```',
      '```\nlet a = 1;\nlet b = 4;\n```',
    ],
    [
      'words of one line of code',
      '    x\n```\nf(first, 1, second, 2, third)\n```',
      '    x\n```\nf(erste, 1, second, 2, third)\n```',
      '    x\n```\nf(first, 1, second, 2, dritte)\n```',
    ],
    [
      'a new column and a new row',
      '| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |',
      '| a | b | c |\n| - | - | - |\n| 1 | 2 | x |\n| 3 | 4 | y |',
      '| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |',
    ],
  ])('are left to the person, whole: %s', (_, base, mine, theirs) => {
    const merge = mergeText(base, mine, theirs);
    expect(sides(merge)).toHaveLength(1);
    expect(read(merge, 'mine')).toBe(mine);
    expect(read(merge, 'theirs')).toBe(theirs);
    expect(swapped(mergeText(base, theirs, mine).pieces)).toEqual(merge.pieces);
  });

  it('keep apart what goes together from what does not', () => {
    const base = 'Title line\n\nFirst is here.\n\nMeet on Monday.\n\nLast is here.';
    const mine = base.replace('First is', 'First was').replace('Monday', 'Tuesday');
    const theirs = base.replace('Last is', 'Last was').replace('Monday', 'Friday');
    const merge = mergeText(base, mine, theirs);
    expect(sides(merge)).toEqual([['Meet on Tuesday.', 'Meet on Friday.']]);
    expect(read(merge)).toBe('Title line\n\nFirst was here.\n\nMeet on Tuesday.\n\nLast was here.');
  });

  it('take a whole table where any row of it is disputed', () => {
    const base = '| a | b |\n| - | - |\n| one | 2 |\n| three | 4 |';
    const merge = mergeText(base, base.replace('one', 'uno').replace('4', '5'), base.replace('one', 'eins'));
    expect(merge.pieces).toHaveLength(1 + 1);
    expect(sides(merge)[0]?.[0]).toContain('| uno | 2 |');
    expect(sides(merge)[0]?.[0]).toContain('| three | 5 |');
    expect(sides(merge)[0]?.[1]).toContain('| three | 4 |');
  });
});

/** Texts that have much in common, as versions of one document have. */
const line = fc.constantFrom(
  '',
  '- item',
  '- [ ] thing to do',
  'The crew ships eight deliveries a week to the moon.',
  'The crew ships nine deliveries a week to Mars.',
  'Ein Satz mit Ümlauten, 日本語 und Ελληνικά.',
  '| a | b |',
  '| --- | --- |',
  '```',
  'one',
  'two',
);
const lines = fc.array(line, { maxLength: 12 });
const version = (base: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat({ max: base.length }),
        take: fc.nat({ max: 2 }),
        put: fc.array(
          fc.oneof(
            line,
            fc.string({ maxLength: 6 }).map((s) => s.replace(/[\r\n]/g, '')),
          ),
          { maxLength: 2 },
        ),
      }),
      { maxLength: 3 },
    )
    .map((edits) =>
      edits.reduce((text, { at, take, put }) => text.toSpliced(at, take, ...put), [...base]).join('\n'),
    );
const three = lines.chain((base) => fc.tuple(fc.constant(base.join('\n')), version(base), version(base)));

const counted = (text: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const one of text.split('\n')) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
};

const count = (counts: Map<string, number> | undefined, text: string): number => counts?.get(text) ?? 0;

describe('any three versions', () => {
  it('give the other side, to the byte, where one changed nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (base, changed) => {
        const [a, b] = [
          { title: base, abstract: base, text: base },
          { title: changed, abstract: changed, text: changed },
        ];
        for (const merge of [mergeDraft(a, b, a), mergeDraft(a, a, b), mergeDraft(a, b, b)]) {
          expect(merge.conflicts).toEqual([]);
          expect(resolve(merge, NONE)).toEqual(b);
        }
      }),
    );
  });

  it('are merged alike from both sides', () => {
    fc.assert(
      fc.property(three, ([base, mine, theirs]) => {
        expect(swapped(mergeText(base, theirs, mine).pieces)).toEqual(mergeText(base, mine, theirs).pieces);
      }),
      { numRuns: 800 },
    );
  });

  it('are merged as diff3 does, where that finds no conflict and no table is in play', () => {
    fc.assert(
      fc.property(three, ([base, mine, theirs]) => {
        fc.pre(![base, mine, theirs].some((text) => text.includes('|')));
        const regions: { ok?: string[] }[] = diff3Merge(
          mine.split('\n'),
          base.split('\n'),
          theirs.split('\n'),
          {
            excludeFalseConflicts: true,
          },
        );
        fc.pre(regions.every(({ ok }) => ok !== undefined));
        const merge = mergeText(base, mine, theirs);
        expect(clean(merge)).toBe(true);
        expect(read(merge)).toBe(regions.flatMap(({ ok }) => ok ?? []).join('\n'));
      }),
      { numRuns: 600 },
    );
  });

  it('lose no line that is new, and none that both kept', () => {
    fc.assert(
      fc.property(three, ([base, mine, theirs]) => {
        const merge = mergeText(base, mine, theirs);
        const whole = merge.pieces
          .flatMap((piece) => (piece.kind === 'settled' ? piece.lines : [...piece.mine, ...piece.theirs]))
          .join('\n');
        const [was, own, other, now] = [base, mine, theirs, whole].map(counted);
        for (const text of new Set([...mine.split('\n'), ...theirs.split('\n')])) {
          // Words of a line can be merged; then every word of it is there.
          if (count(own, text) <= count(was, text) && count(other, text) <= count(was, text)) continue;
          if (count(now, text) > 0) continue;
          for (const word of text.match(/[\p{L}\p{N}]+/gu) ?? []) expect(whole).toContain(word);
        }
        const kept = base.split('\n').filter((text) => counted(mine).has(text) && counted(theirs).has(text));
        for (const text of kept) {
          const gone =
            Math.max(0, count(was, text) - count(own, text)) +
            Math.max(0, count(was, text) - count(other, text));
          expect(count(now, text)).toBeGreaterThanOrEqual(Math.min(1, count(was, text) - gone));
        }
      }),
      { numRuns: 600 },
    );
  });

  it('keep everything of mine where only mine is chosen, beside what is theirs alone', () => {
    fc.assert(
      fc.property(three, ([base, mine, theirs]) => {
        const words = (text: string): Words => ({ title: 'T', abstract: '', text });
        const merge = mergeDraft(words(base), words(mine), words(theirs));
        const all = (kind: 'mine' | 'theirs' | 'both'): string =>
          resolve(merge, new Map(merge.conflicts.map(({ key }) => [key, { kind }]))).text;
        // Merged again with what came of it, nothing is left to do, and nothing is disputed.
        const again = mergeDraft(words(all('mine')), words(all('mine')), words(all('theirs')));
        expect(again.conflicts).toEqual([]);
        if (base === theirs) expect(all('mine')).toBe(mine);
        expect(undecided(merge, NONE)).toHaveLength(merge.conflicts.length);
        for (const conflict of merge.conflicts) {
          expect(all('both')).toContain(conflict.mine);
          expect(all('both')).toContain(conflict.theirs);
          expect(all('mine')).toContain(conflict.mine);
          expect(chosenText(conflict, { kind: 'theirs' })).toBe(conflict.theirs);
        }
        expect(new Set(merge.conflicts.map(({ key }) => key)).size).toBe(merge.conflicts.length);
      }),
      { numRuns: 600 },
    );
  });
});

describe('choices', () => {
  const words = (text: string, title = 'T'): Words => ({ title, abstract: '', text });

  it('put one, the other, both or other words in the place', () => {
    const merge = mergeDraft(words('One.\n\nEnd.'), words('Mine.\n\nEnd.'), words('Theirs.\n\nEnd.'));
    const [conflict] = merge.conflicts;
    const text = (choice: Choice): string => resolve(merge, new Map([[conflict?.key ?? '', choice]])).text;
    expect(text({ kind: 'mine' })).toBe('Mine.\n\nEnd.');
    expect(text({ kind: 'theirs' })).toBe('Theirs.\n\nEnd.');
    expect(text({ kind: 'both' })).toBe('Mine.\n\nTheirs.\n\nEnd.');
    expect(text({ kind: 'by-hand', text: 'Ours,\nat last.' })).toBe('Ours,\nat last.\n\nEnd.');
    expect(text({ kind: 'by-hand', text: '' })).toBe('\nEnd.');
  });

  it('keep two items of a list together', () => {
    const merge = mergeDraft(words('- a'), words('- a\n- b'), words('- a\n- c'));
    expect(resolve(merge, new Map([[merge.conflicts[0]?.key ?? '', { kind: 'both' }]])).text).toBe(
      '- a\n- b\n- c',
    );
  });

  it('are asked for about a title that both changed, never mixed', () => {
    const merge = mergeDraft(
      words('x', 'Budget of the year'),
      words('x', 'The budget of the year'),
      words('x', 'Budget of the years'),
    );
    expect(merge.conflicts).toMatchObject([{ field: 'title', mine: 'The budget of the year' }]);
  });
});

describe('long texts', () => {
  it('are merged without the page freezing', () => {
    const base = Array.from({ length: 20_000 }, (_, index) => `Paragraph ${index} of a long text.\n`).join(
      '\n',
    );
    const mine = base.replaceAll('0 of a', '0 of my').replace('Paragraph 77 ', 'Absatz 77 ');
    const theirs = base.replaceAll('5 of a', '5 of their').replace('Paragraph 77 ', 'Abschnitt 77 ');
    const long = 'A word or two and then some more. '.repeat(3_000);
    const started = performance.now();
    expect(clean(mergeText(base, mine, theirs))).toBe(false);
    expect(clean(mergeText(long, `Mine. ${long}`, `${long}Theirs.`))).toBe(true);
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});
