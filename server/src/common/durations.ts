/** One label's durations, as Prometheus wants them. */
export interface DurationSeries {
  readonly label: string;
  /** How many were not longer than each bound, in the order of the bounds. */
  readonly upTo: readonly number[];
  readonly count: number;
  /** All of them together, in seconds. */
  readonly sum: number;
}

interface Series {
  /** How many fell between a bound and the one before; the last one: above all bounds. */
  readonly between: number[];
  sum: number;
}

/**
 * How long something took: counted into buckets where it happens, read when somebody asks. Costs a map
 * look-up and two additions an observation, so that it may stand on a hot path.
 */
export class Durations {
  private readonly series = new Map<string, Series>();

  /** @param bounds upper ends of the buckets in seconds, growing */
  constructor(readonly bounds: readonly number[]) {}

  /** @param label what it was; few different ones. Left out: there is one kind only */
  observe(seconds: number, label = ''): void {
    let series = this.series.get(label);
    if (!series) {
      series = { between: Array.from({ length: this.bounds.length + 1 }, () => 0), sum: 0 };
      this.series.set(label, series);
    }
    let bucket = 0;
    while (seconds > (this.bounds[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
    series.between[bucket] = (series.between[bucket] ?? 0) + 1;
    series.sum += seconds;
  }

  /** As it is now, a series for each label. */
  read(): DurationSeries[] {
    return [...this.series].map(([label, { between, sum }]) => {
      let count = 0;
      const running = between.map((some) => {
        count += some;
        return count;
      });
      return { label, upTo: running.slice(0, -1), count, sum };
    });
  }
}

/** Bounds for what takes from half a millisecond to seconds: a command, a query, a frame. */
export const SHORT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
