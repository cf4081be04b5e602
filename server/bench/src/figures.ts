/** Quantiles of durations, in milliseconds. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest-rank quantiles. @see https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method */
export function latencyOf(milliseconds: readonly number[]): Latency {
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (share: number): number =>
    round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN);
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Three significant digits: more than a run can repeat. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** Where a row lies in a plot: how many of what grows, on which server. */
export interface Point {
  readonly by: 'dashboards' | 'changes' | 'documents';
  readonly at: number;
  readonly server: string;
  /** Whether the server or the load could do no more. */
  readonly saturated: boolean;
}

/** One line of a result: what was measured, its figures by name with their unit, and what they must reach. */
export interface Row {
  readonly case: string;
  readonly setting: string;
  readonly point?: Point;
  readonly figures: Readonly<Record<string, number | string>>;
  /** The figures that the target is about. */
  readonly judged?: readonly string[];
  /** In words; left out for what others are compared with. */
  readonly target?: string;
  readonly met?: boolean;
}

/** The rows of one case side by side, with a column for every figure that one of them has. */
export function table(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const head = ['setting', ...names, 'target'];
  const lines = rows.map(({ setting, figures, target, met }) => [
    setting,
    ...names.map((name) => String(figures[name] ?? '')),
    target === undefined ? '' : `${met ? 'met' : 'MISSED'}: ${target}`,
  ]);
  const widths = head.map((name, i) => Math.max(name.length, ...lines.map((line) => line[i]?.length ?? 0)));
  const format = (cells: readonly string[]): string =>
    cells
      .map((cell, i) =>
        i === 0 || i === head.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [format(head), widths.map((width) => '-'.repeat(width)).join('  '), ...lines.map(format)].join('\n');
}
