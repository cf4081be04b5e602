import type { Bench, Case } from '../case.js';
import type { Point, Row } from '../figures.js';
import type { FanOutResult } from '../load/fan-out.js';
import {
  type BareServer,
  figuresOf,
  type Run,
  runOnBare,
  runOnDoclight,
  startBareForFanOut,
  WRITERS,
} from './measure-fan-out.js';

/** Each plot goes through the same point. */
const USUAL = { dashboards: 500, perSecond: 100 };
/**
 * Saturated is who has less than this of a core left, or delivers so much less than was asked for, or so much more:
 * what the warm-up has left behind.
 */
const MARGIN = 0.03;
/** A document changes again after this long, in seconds, so that no two changes of it fold into one. */
const CHANGES_APART = 2;

const AT: Readonly<Record<Point['by'], readonly number[]>> = {
  dashboards: [100, 250, 500, 1_000, 2_000],
  changes: [20, 50, 100, 200, 500, 1_000],
  documents: [10, 100, 1_000, 10_000, 100_000],
};
const SHORT_AT: typeof AT = { dashboards: [10, 20], changes: [20], documents: [10] };

const BARE: Readonly<Record<BareServer, string>> = { ws: 'bare ws', socketio: 'bare Socket.IO' };

interface Step {
  readonly at: number;
  readonly run: Run;
  /** That change. */
  readonly documents: number;
}

/** What is measured where, for one plot. */
function stepsOf(by: Point['by'], short: boolean): Step[] {
  return (short ? SHORT_AT : AT)[by].map((at, i) => {
    const usual = short ? { dashboards: 10, perSecond: 20 } : USUAL;
    const { dashboards, perSecond } = {
      ...usual,
      ...(by === 'dashboards' ? { dashboards: at } : {}),
      ...(by === 'changes' ? { perSecond: at } : {}),
    };
    // The first run finds a server that has done nothing yet.
    const long = { warmUpMs: i === 0 ? 6_000 : 1_500, measureMs: 4_000 };
    const times = short ? { warmUpMs: 50, measureMs: 300 } : long;
    const documents = CHANGES_APART * perSecond;
    return {
      at,
      run: { dashboards, perSecond, ...times, leaves: true },
      documents: by === 'documents' ? Math.min(at, documents) : documents,
    };
  });
}

/** All points of one plot on one Doclight. */
async function sweepDoclight(bench: Bench, by: Point['by']): Promise<Row[]> {
  const steps = stepsOf(by, bench.short);
  const stack = await bench.openStack({ database: 'postgres', redis: true });
  try {
    const most = Math.max(...steps.map(({ run }) => run.dashboards));
    const people = await stack.mint(WRITERS + most);
    const writers = people.slice(0, WRITERS);
    const watchers = people.slice(WRITERS);
    const documentIds: string[] = [];
    const rows: Row[] = [];
    for (const { at, run, documents } of steps) {
      const wanted = by === 'documents' ? at : documents;
      documentIds.push(...(await stack.addDocuments(Math.max(0, wanted - documentIds.length))));
      // The same people come again: to the server nobody has left since the run before.
      const own = [...watchers.slice(0, run.dashboards), ...writers];
      const result = await runOnDoclight(bench, stack, run, documentIds.slice(0, documents), own);
      rows.push(rowOf({ by, at, server: 'Doclight' }, run, result));
    }
    return rows;
  } finally {
    await stack.stop();
  }
}

/** All points of one plot on one bare server, up to the first that is too much for it. */
async function sweepBare(bench: Bench, server: BareServer, by: Point['by']): Promise<Row[]> {
  const measured = await startBareForFanOut(bench, server);
  try {
    const rows: Row[] = [];
    for (const { at, run, documents } of stepsOf(by, bench.short)) {
      const row = rowOf(
        { by, at, server: BARE[server] },
        run,
        await runOnBare(bench, server, measured, run, documents),
      );
      rows.push(row);
      if (row.point?.saturated) break;
    }
    return rows;
  } finally {
    await measured.stop();
  }
}

function rowOf(place: Omit<Point, 'saturated'>, run: Run, result: FanOutResult): Row {
  const asked = run.dashboards * run.perSecond * result.seconds;
  const saturated =
    Math.abs(result.deliveries / asked - 1) > MARGIN ||
    result.serverCpuSeconds > (1 - MARGIN) * result.seconds;
  return {
    case: `sweep-${place.by}`,
    setting: `${place.at} ${place.by}, ${place.server}${saturated ? ', saturated' : ''}`,
    point: { ...place, saturated },
    figures: figuresOf(result),
  };
}

function sweepCase(by: Point['by'], title: string): Case {
  return {
    name: `sweep-${by}`,
    title,
    async run(bench) {
      // The bare servers know no documents.
      const bare: readonly BareServer[] = by === 'documents' ? [] : ['ws', 'socketio'];
      const rows: Row[] = [];
      for (const server of bare) rows.push(...(await sweepBare(bench, server, by)));
      return [...rows, ...(await sweepDoclight(bench, by))];
    },
  };
}

export const sweepCases: readonly Case[] = [
  sweepCase('dashboards', 'Cost and delay by dashboards, at 100 changes a second'),
  sweepCase('changes', 'Cost and delay by changes a second, on 500 dashboards'),
  sweepCase('documents', 'Cost and delay by documents, of 100 changes a second on 500 dashboards'),
];
