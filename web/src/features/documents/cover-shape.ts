/** A line of the drawn page. */
interface CoverLine {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

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
  const hue = Math.round(next() * 360);
  const x = 20;
  const heading: CoverLine = { x, y: 20, width: Math.round(70 + next() * 90), height: 8 };
  const body = [40, 53, 66, 79].map((y, index) => ({
    x,
    y,
    width: Math.round((index === 3 ? 60 : 150) + next() * 90),
    height: 4,
  }));
  return { hue, lines: [heading, ...body] };
}
