import type { Case } from '../case.js';
import { type Row, round } from '../figures.js';
import type { FanOutResult } from '../load/fan-out.js';
import { costOf, figuresOf, measureBare, measureDoclight, type Shape } from './measure-fan-out.js';

interface Goal {
  readonly words: string;
  /** The figures that it is about. */
  readonly judged: readonly string[];
  readonly isMet: (result: FanOutResult, ratio: number) => boolean;
}

function fanOutCase(name: string, title: string, shape: Shape, goal: Goal): Case {
  return {
    name,
    title,
    async run(bench) {
      const bare = await measureBare(bench, 'ws', shape);
      const socketio = await measureBare(bench, 'socketio', shape);
      const doclight = await measureDoclight(bench, shape);
      const ratio = costOf(doclight) / costOf(bare);
      const row = (setting: string, result: FanOutResult): Row => ({
        case: name,
        setting,
        figures: { ...figuresOf(result), 'of ws': round(costOf(result) / costOf(bare)) },
      });
      return [
        row('bare ws', bare),
        row('bare Socket.IO', socketio),
        {
          ...row('Doclight', doclight),
          judged: goal.judged,
          target: goal.words,
          met: goal.isMet(doclight, ratio),
        },
      ];
    },
  };
}

export const fanOutCases: readonly Case[] = [
  fanOutCase(
    'fan-out-200',
    '1,000 dashboards, 200 changes a second',
    { dashboards: 1_000, perSecond: 200, documents: 400 },
    {
      judged: ['p50 ms', 'p99 ms', 'of ws'],
      words: 'p50 < 50 ms, p99 < 120 ms, at most 1/4 of ws',
      isMet: ({ latency }, ratio) => latency.p50 < 50 && latency.p99 < 120 && ratio <= 1 / 4,
    },
  ),
  fanOutCase(
    'fan-out-1000',
    '1,000 dashboards, 1,000 changes a second',
    { dashboards: 1_000, perSecond: 1_000, documents: 2_000 },
    {
      judged: ['p99 ms', 'server core %', 'of ws'],
      words: 'p99 < 150 ms, server < 60 %, at most 1/15 of ws',
      isMet: ({ latency, serverCpuSeconds, seconds }, ratio) =>
        latency.p99 < 150 && serverCpuSeconds / seconds < 0.6 && ratio <= 1 / 15,
    },
  ),
  fanOutCase(
    'fan-out-20',
    '1,000 dashboards, 20 changes a second: nothing to fold',
    { dashboards: 1_000, perSecond: 20, documents: 100 },
    { judged: ['of ws'], words: 'at most 1.5 of ws', isMet: (_, ratio) => ratio <= 1.5 },
  ),
  {
    name: 'filtered',
    title: '5,000 changes a second over 5,000 documents, 1,000 dashboards that show 50 each',
    async run(bench) {
      const result = await measureDoclight(bench, {
        dashboards: 1_000,
        perSecond: 5_000,
        documents: 5_000,
        shown: 50,
      });
      const { latency, seconds, serverCpuSeconds } = result;
      return [
        {
          case: this.name,
          setting: 'Doclight',
          figures: figuresOf(result),
          judged: ['p99 ms', 'server core %'],
          target: 'p99 < 250 ms on one core',
          met: latency.p99 < 250 && serverCpuSeconds / seconds <= 1,
        },
      ];
    },
  },
  {
    name: 'gateways',
    title: 'Two gateways against one, on one core: 1,000 dashboards on each, 200 changes a second in all',
    async run(bench) {
      const shape = { perSecond: 200, documents: 400 };
      const one = await measureDoclight(bench, { ...shape, dashboards: 1_000, gateways: 1 });
      const two = await measureDoclight(bench, { ...shape, dashboards: 2_000, gateways: 2 });
      // With a core each, two do as much more as a delivery costs no more CPU.
      const gain = (2 * costOf(one)) / costOf(two);
      return [
        { case: this.name, setting: 'one', figures: figuresOf(one) },
        {
          case: this.name,
          setting: 'two',
          figures: { ...figuresOf(two), gain: round(gain) },
          judged: ['gain'],
          target: 'at least 1.8 times the deliveries for a core each',
          met: gain >= 1.8,
        },
      ];
    },
  },
];
