const FIRST_PATHS = 3;

/** Counts paths by why something happened to them, and keeps the first of each. */
export class Tally {
  private readonly reasons = new Map<string, { count: number; paths: string[] }>();

  add(reason: string, path: string): void {
    const entry = this.reasons.get(reason) ?? { count: 0, paths: [] };
    this.reasons.set(reason, entry);
    entry.count += 1;
    if (entry.paths.length < FIRST_PATHS) entry.paths.push(path);
  }

  get total(): number {
    return [...this.reasons.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** A line for each reason, the most frequent first. */
  lines(): string[] {
    return [...this.reasons]
      .sort(([, a], [, b]) => b.count - a.count)
      .map(([reason, { count, paths }]) => {
        const more = count > paths.length ? ', …' : '';
        return `    ${count} ${reason}: ${paths.map(printable).join(', ')}${more}`;
      });
  }
}

/** File names may hold anything: nothing of it must steer the terminal. */
export function printable(words: string): string {
  return words.replace(/\p{C}/gu, '\uFFFD');
}
