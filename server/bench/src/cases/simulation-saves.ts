import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Bench } from '../case.js';
import { databaseCpuSeconds } from '../database-cpu.js';
import type { SaveInput, SaveResult } from '../load/save.js';
import type { SavesRun } from '../plan/measured.js';
import { runLoad } from '../processes.js';
import { startStack } from '../stack.js';

const WRITERS = 60;
const SAVES_EACH = 8;
/** New documents and people ask for jobs, and what is new is slow: saves before those that count, and a pause. */
const WARM_UP = { savesEach: 3, settleMs: 5_000 };
/** The others have nobody connected, and hear of every save all the same. */
const GATEWAYS = [1, 3, 6];

/** What saves cost PostgreSQL, by the number of gateways that follow the event log. */
export async function measureSaves({ cores, postgresUrl }: Bench): Promise<SavesRun[]> {
  const runs: SavesRun[] = [];
  for (const gateways of GATEWAYS) {
    const stack = await startStack({ database: 'postgres', redis: true, gateways }, postgresUrl, cores);
    const client = new pg.Client({ connectionString: postgresUrl });
    try {
      await client.connect();
      const people = await stack.mint(WRITERS);
      const url = stack.gateways[0]?.url ?? '';
      const [first, second] = [await stack.addDocuments(WRITERS), await stack.addDocuments(WRITERS)];
      const saveTo = (documentIds: string[], savesEach: number): Promise<SaveResult> => {
        const { workspaceId } = stack;
        const input: SaveInput = { url, workspaceId, documentIds, people, everyMs: 1_000, savesEach };
        return runLoad<SaveInput, SaveResult>('save', input, cores.load);
      };
      await saveTo(first, WARM_UP.savesEach);
      await delay(WARM_UP.settleMs);
      const before = await databaseCpuSeconds(client);
      const { saves, seconds } = await saveTo(second, SAVES_EACH);
      const cpuSeconds = (await databaseCpuSeconds(client)) - before;
      runs.push({ gateways, saves, seconds, cpuSeconds });
    } finally {
      await client.end();
      await stack.stop();
    }
  }
  return runs;
}
