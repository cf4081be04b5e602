import { diffArrays } from 'diff';

/** A stretch that is the same on both sides, by index of its first line. */
export interface Match {
  readonly before: number;
  readonly after: number;
  readonly count: number;
}

/** A stretch of both sides: from an index up to, and without, another one. */
interface Gap {
  readonly beforeFrom: number;
  readonly beforeTo: number;
  readonly afterFrom: number;
  readonly afterTo: number;
}

/** Most insertions and deletions that are looked for in one gap; the work grows with its square. */
const MOST_EDITS = 600;
/** Gaps within gaps; real texts need a handful. */
const MOST_DEPTH = 40;

/**
 * Finds what two texts have in common. Lines that occur once on each side are the anchors (patience
 * diff): blank lines and list markers, which are everywhere, then cannot tie together what does not
 * belong together. Between anchors Myers' algorithm looks for the rest. The work is bounded: a gap that
 * has changed beyond recognition counts as replaced.
 * @see https://bramcohen.livejournal.com/73318.html patience diff
 * @returns stretches in order, none touching the next on both sides
 */
export function matchLines(before: readonly string[], after: readonly string[]): Match[] {
  const numbers = new Map<string, number>();
  const number = (line: string): number => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  };
  const matcher = new Matcher(before.map(number), after.map(number));
  matcher.match({ beforeFrom: 0, beforeTo: before.length, afterFrom: 0, afterTo: after.length }, 0);
  return matcher.matches;
}

class Matcher {
  readonly matches: Match[] = [];
  readonly #before: readonly number[];
  readonly #after: readonly number[];

  constructor(before: readonly number[], after: readonly number[]) {
    this.#before = before;
    this.#after = after;
  }

  /** Adds what is common within a gap, in order. */
  match(gap: Gap, depth: number): void {
    const inner = this.#withoutEnds(gap);
    this.#add(gap.beforeFrom, gap.afterFrom, inner.beforeFrom - gap.beforeFrom);
    if (inner.beforeFrom < inner.beforeTo && inner.afterFrom < inner.afterTo) {
      const anchors = depth < MOST_DEPTH ? this.#anchors(inner) : [];
      if (anchors.length === 0) this.#search(inner);
      else this.#matchAround(inner, anchors, depth + 1);
    }
    this.#add(inner.beforeTo, inner.afterTo, gap.beforeTo - inner.beforeTo);
  }

  #matchAround(gap: Gap, anchors: readonly (readonly [number, number])[], depth: number): void {
    let { beforeFrom, afterFrom } = gap;
    for (const [beforeTo, afterTo] of anchors) {
      // Taken already, where the stretch around the anchor before reached this far.
      if (beforeTo < beforeFrom) continue;
      this.match({ beforeFrom, beforeTo, afterFrom, afterTo }, depth);
      let count = 1;
      while (
        beforeTo + count < gap.beforeTo &&
        afterTo + count < gap.afterTo &&
        this.#before[beforeTo + count] === this.#after[afterTo + count]
      )
        count += 1;
      this.#add(beforeTo, afterTo, count);
      beforeFrom = beforeTo + count;
      afterFrom = afterTo + count;
    }
    this.match({ beforeFrom, beforeTo: gap.beforeTo, afterFrom, afterTo: gap.afterTo }, depth);
  }

  #withoutEnds(gap: Gap): Gap {
    let { beforeFrom, beforeTo, afterFrom, afterTo } = gap;
    while (
      beforeFrom < beforeTo &&
      afterFrom < afterTo &&
      this.#before[beforeFrom] === this.#after[afterFrom]
    ) {
      beforeFrom += 1;
      afterFrom += 1;
    }
    while (
      beforeFrom < beforeTo &&
      afterFrom < afterTo &&
      this.#before[beforeTo - 1] === this.#after[afterTo - 1]
    ) {
      beforeTo -= 1;
      afterTo -= 1;
    }
    return { beforeFrom, beforeTo, afterFrom, afterTo };
  }

  /** Lines that occur once on each side of the gap, as far as they stand in the same order. */
  #anchors(gap: Gap): (readonly [number, number])[] {
    const once = placesOfUnique(this.#before, gap.beforeFrom, gap.beforeTo);
    const onceAfter = placesOfUnique(this.#after, gap.afterFrom, gap.afterTo);
    const common: (readonly [number, number])[] = [];
    for (const [line, place] of once) {
      const other = onceAfter.get(line);
      if (place >= 0 && other !== undefined && other >= 0) common.push([place, other]);
    }
    common.sort(([a], [b]) => a - b);
    return longestRising(common);
  }

  #search(gap: Gap): void {
    const parts = diffArrays(
      this.#before.slice(gap.beforeFrom, gap.beforeTo),
      this.#after.slice(gap.afterFrom, gap.afterTo),
      { maxEditLength: MOST_EDITS },
    );
    let { beforeFrom: before, afterFrom: after } = gap;
    for (const part of parts ?? []) {
      if (part.added) after += part.value.length;
      else if (part.removed) before += part.value.length;
      else {
        this.#add(before, after, part.value.length);
        before += part.value.length;
        after += part.value.length;
      }
    }
  }

  #add(before: number, after: number, count: number): void {
    if (count === 0) return;
    const last = this.matches.at(-1);
    if (last && last.before + last.count === before && last.after + last.count === after)
      this.matches[this.matches.length - 1] = { ...last, count: last.count + count };
    else this.matches.push({ before, after, count });
  }
}

/** Where each line stands; -1 for one that stands in several places. */
function placesOfUnique(lines: readonly number[], from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let place = from; place < to; place += 1) {
    const line = lines[place] ?? 0;
    places.set(line, places.has(line) ? -1 : place);
  }
  return places;
}

/**
 * The longest part of pairs, which rise by their first number, that rises by the second one too.
 * @see https://en.wikipedia.org/wiki/Patience_sorting
 */
function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tops: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, value], index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = index;
  });
  const rising: (readonly [number, number])[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair) rising.push(pair);
  }
  return rising.reverse();
}
