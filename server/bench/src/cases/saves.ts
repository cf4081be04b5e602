import type { Bench, Case } from '../case.js';
import { latencyOf, type Row, round } from '../figures.js';
import { inParallel } from '../load/pace.js';
import type { SaveInput, SaveResult } from '../load/save.js';
import { runLoad } from '../processes.js';
import { request } from '../stack.js';
import { costOf, measureDoclight } from './measure-fan-out.js';

const WRITERS = 20;

async function measureSaves(
  { short, cores, openStack }: Bench,
  database: 'postgres' | 'embedded',
): Promise<Row> {
  const stack = await openStack({ database, redis: false });
  try {
    const [gateway] = stack.gateways;
    if (!gateway) throw new Error('no gateway');
    const input: SaveInput = {
      url: gateway.url,
      workspaceId: stack.workspaceId,
      documentIds: await stack.addDocuments(WRITERS),
      people: await stack.mint(WRITERS + (short ? 20 : 500)),
      everyMs: short ? 200 : 1_000,
      savesEach: short ? 2 : 20,
    };
    const result = await runLoad<SaveInput, SaveResult>('save', input, cores.load);
    const { saves, seconds, save, screen, events, dashboards } = result;
    return {
      case: 'saves',
      setting: database === 'postgres' ? 'PostgreSQL' : 'PGlite',
      figures: {
        saves,
        'saves/s': round(saves / seconds),
        'save p50 ms': save.p50,
        'save p99 ms': save.p99,
        'screen p50 ms': screen.p50,
        'screen p99 ms': screen.p99,
        'events lost': saves * dashboards - events,
      },
      judged: ['save p99 ms', 'screen p99 ms', 'events lost'],
      target: 'p99 of a save < 100 ms, of the screen < 250 ms, no event lost',
      met: save.p99 < 100 && screen.p99 < 250 && events === saves * dashboards,
    };
  } finally {
    await stack.stop();
  }
}

export const databaseCases: readonly Case[] = [
  {
    name: 'saves',
    opensLate: 'embedded',
    title: '20 writers save to 20 documents, once a second each, with 500 dashboards watching',
    run: async (bench) => [await measureSaves(bench, 'postgres'), await measureSaves(bench, 'embedded')],
  },
  {
    name: 'documents',
    title: 'Documents in the workspace: 10 against 100,000',
    async run(bench) {
      const shape = { dashboards: 200, perSecond: 200 };
      const few = await measureDoclight(bench, { ...shape, documents: 10 });
      const many = await measureDoclight(bench, {
        ...shape,
        documents: 10,
        others: bench.short ? 100 : 100_000,
      });
      const ratio = costOf(many) / costOf(few);
      const lists = await measureLists(bench, bench.short ? 100 : 100_000);
      return [
        { case: this.name, setting: '10', figures: { 'µs/delivery': round(costOf(few)) } },
        {
          case: this.name,
          setting: bench.short ? '100' : '100,000',
          figures: {
            'µs/delivery': round(costOf(many)),
            'of 10': round(ratio),
            'first page p99 ms': lists.page,
            'search p99 ms': lists.search,
          },
          judged: ['of 10', 'first page p99 ms', 'search p99 ms'],
          target: 'cost of a change differs by < 10 %, first page < 20 ms, search < 50 ms',
          met: Math.abs(ratio - 1) < 0.1 && lists.page < 20 && lists.search < 50,
        },
      ];
    },
  },
];

/** How long a first page and a search take, one after the other, in milliseconds at the 99th percentile. */
async function measureLists(
  { openStack, short }: Bench,
  documents: number,
): Promise<{ page: number; search: number }> {
  const stack = await openStack({ database: 'postgres', redis: false });
  try {
    await stack.addDocuments(documents);
    await stack.query('vacuum analyze documents');
    const [person] = await stack.mint(1);
    const [gateway] = stack.gateways;
    if (!gateway || !person) throw new Error('no gateway, or nobody');
    const times = async (query: (i: number) => string): Promise<number> => {
      const delays: number[] = [];
      const ask = async (_: unknown, i: number): Promise<void> => {
        const begun = performance.now();
        await request(
          gateway.url,
          person,
          'GET',
          `/api/workspaces/${stack.workspaceId}/documents?${query(i)}`,
        );
        delays.push(performance.now() - begun);
      };
      const rounds = Array.from({ length: short ? 20 : 500 });
      await inParallel(rounds.slice(0, 50), 1, ask);
      delays.length = 0;
      await inParallel(rounds, 1, ask);
      return latencyOf(delays).p99;
    };
    return {
      page: await times(() => 'limit=50'),
      search: await times((i) => `limit=50&query=${encodeURIComponent(`Document ${(i * 199) % documents}`)}`),
    };
  } finally {
    await stack.stop();
  }
}
