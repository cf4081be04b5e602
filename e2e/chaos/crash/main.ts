import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../../scripts/lib/paths.mjs';
import { freePort } from '../../../scripts/lib/postgres.mjs';
import { command, Explained } from '../../../scripts/lib/run.mjs';
import { Random } from '../random.js';
import { startDatabase } from '../stack/database.js';
import { Gateway } from '../stack/gateway.js';
import { mint } from '../stack/stack.js';
import { failures, table } from './report.js';
import { type RunOutcome, run } from './run.js';

const DATABASES = ['PostgreSQL', 'embedded'] as const;
const SHORT = { saves: 400, kills: 3 };
const FULL = { saves: 1_000, kills: 20 };

/** `[--short] [--seed N] [--saves N] [--kills N] [--only NAME] [--report FILE]`: kills the server while people save. */
await command(async () => {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string' },
      saves: { type: 'string' },
      kills: { type: 'string' },
      only: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const databases = DATABASES.filter((name) => values.only === undefined || name === values.only);
  if (databases.length === 0) throw new Explained(`--only takes ${DATABASES.join(' or ')}.`);
  const form = values.short ? SHORT : FULL;
  const seed = atLeastOne('seed', values.seed ?? String(1 + (Date.now() % 1_000_000)));
  const saves = atLeastOne('saves', values.saves ?? String(form.saves));
  const kills = atLeastOne('kills', values.kills ?? String(form.kills));
  console.log(`crash: ${saves} saves, ${kills} kills on each database, seed ${seed}`);
  const outcomes: RunOutcome[] = [];
  for (const database of databases) outcomes.push(await runOn(database, new Random(seed), saves, kills));
  console.log(`\n${table(outcomes)}`);
  const checks = outcomes.flatMap((outcome) => outcome.checks);
  const failed = checks.filter(({ faults }) => faults.length > 0).length;
  if (failed > 0) console.log(`\n${outcomes.map(failures).filter(Boolean).join('\n')}`);
  const sum = { passed: checks.length - failed, failed, skipped: 0 };
  if (values.report) writeFileSync(values.report, JSON.stringify(sum));
  console.log(`\ncrash: ${sum.passed} passed, ${sum.failed} failed (seed ${seed})`);
  return failed > 0 ? 1 : 0;
});

function atLeastOne(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Explained(`--${name} takes a whole number from 1 on.`);
  return number;
}

async function runOn(
  database: (typeof DATABASES)[number],
  random: Random,
  saves: number,
  kills: number,
): Promise<RunOutcome> {
  const postgres = database === 'PostgreSQL' ? await startDatabase() : undefined;
  const dataDir = mkdtempSync(join(tmpdir(), 'doclight-crash-'));
  const port = await freePort();
  const env = {
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DEMO: 'true',
    LOG_LEVEL: 'info',
    // The clients here are faster than people.
    LIMIT_SOCKET_EVENTS_PER_SECOND: '0',
    ...(postgres ? { DATABASE_URL: postgres.url } : {}),
  };
  const server = new Gateway(`server-on-${database}`, port, env);
  try {
    const outcome = await run({ database, server, random, saves, kills, mint: (count) => mint(count, env) });
    if (outcome.checks.some(({ faults }) => faults.length > 0)) keepLog(server);
    return outcome;
  } catch (error) {
    keepLog(server);
    throw error;
  } finally {
    await server.kill();
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function keepLog({ name, log }: Gateway): void {
  const folder = join(root, '.cache', 'crash');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.log`), log);
  console.log(`What the server logged is in .cache/crash/${name}.log.`);
}
