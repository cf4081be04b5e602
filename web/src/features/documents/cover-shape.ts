/** A line of the drawn page. */
interface CoverLine {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Cool neutral hues only: green, yellow and red mean something here. */
const HUES = { from: 230, span: 80 };

/** The same shape for the same seed: a hue and a few lines as on a page. */
export function coverShape(seed: string): { hue: number; lines: readonly CoverLine[] } {
  let state = 2166136261;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  const hue = Math.round(HUES.from + next() * HUES.span);
  const x = 20;
  const heading: CoverLine = { x, y: 14, width: Math.round(70 + next() * 90), height: 8 };
  const body = [30, 41].map((y, index) => ({
    x,
    y,
    width: Math.round((index === 1 ? 60 : 150) + next() * 90),
    height: 4,
  }));
  return { hue, lines: [heading, ...body] };
}
