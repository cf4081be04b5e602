import pg from 'pg';
import type { Bench } from '../case.js';
import { databaseCpuSeconds } from '../database-cpu.js';
import type { SaveInput, SaveResult } from '../load/save.js';
import type { SavesRun } from '../plan/measured.js';
import { runLoad } from '../processes.js';
import { startStack } from '../stack.js';

const WRITERS = 60;
const SAVES_EACH = 8;
/** The others have nobody connected, and hear of every save all the same. */
const GATEWAYS = [1, 4];

/** What saves cost PostgreSQL, by the number of gateways that follow the event log. */
export async function measureSaves({ cores, postgresUrl }: Bench): Promise<SavesRun[]> {
  const runs: SavesRun[] = [];
  for (const gateways of GATEWAYS) {
    const stack = await startStack({ database: 'postgres', redis: true, gateways }, postgresUrl, cores);
    const client = new pg.Client({ connectionString: postgresUrl });
    try {
      await client.connect();
      const input: SaveInput = {
        url: stack.gateways[0]?.url ?? '',
        workspaceId: stack.workspaceId,
        documentIds: await stack.addDocuments(WRITERS),
        people: await stack.mint(WRITERS),
        everyMs: 1_000,
        savesEach: SAVES_EACH,
      };
      const before = await databaseCpuSeconds(client);
      const { saves, seconds } = await runLoad<SaveInput, SaveResult>('save', input, cores.load);
      const cpuSeconds = (await databaseCpuSeconds(client)) - before;
      runs.push({ gateways, saves, seconds, cpuSeconds });
    } finally {
      await client.end();
      await stack.stop();
    }
  }
  return runs;
}
