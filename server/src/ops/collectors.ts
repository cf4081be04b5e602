import { Counter, Gauge, type Metric, type Registry } from 'prom-client';
import type { Durations } from '../common/durations.js';

/** One sample. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];
/** A number, or one for each set of labels. */
type Reading = number | readonly Sample[];

const samples = (reading: Reading): readonly Sample[] =>
  typeof reading === 'number' ? [[{}, reading]] : reading;

/** What is now, read when somebody asks. */
export function gauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => Reading,
  labelNames: string[] = [],
): void {
  new Gauge({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      this.reset();
      for (const [labels, value] of samples(read())) this.set(labels, value);
    },
  });
}

/** What was counted since the start by whoever does it, read when somebody asks. */
export function counter(
  registry: Registry,
  name: string,
  help: string,
  read: () => Reading,
  labelNames: string[] = [],
): void {
  new Counter({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      this.reset();
      for (const [labels, value] of samples(read())) this.inc(labels, value);
    },
  });
}

/**
 * Durations that a feature counts by itself, as a histogram.
 * @param labelName what their label is called, where they have one
 */
export function histogram(
  registry: Registry,
  name: string,
  help: string,
  durations: Durations,
  labelName?: string,
): void {
  const get = async () => ({
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    values: durations.read().flatMap(({ label, upTo, count, sum }) => {
      const labels = labelName === undefined ? {} : { [labelName]: label };
      return [
        ...durations.bounds.map((le, i) => ({
          metricName: `${name}_bucket`,
          labels: { le, ...labels },
          value: upTo[i] ?? 0,
        })),
        { metricName: `${name}_bucket`, labels: { le: '+Inf', ...labels }, value: count },
        { metricName: `${name}_sum`, labels, value: sum },
        { metricName: `${name}_count`, labels, value: count },
      ];
    }),
  });
  // All that a registry asks of a metric; prom-client's own histogram would want every observation itself.
  registry.registerMetric({ name, get, reset: () => {} } as unknown as Metric);
}
