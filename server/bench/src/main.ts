import { appendFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { publishPerformance } from '../../../scripts/docs/performance/publish.mjs';
import { type Result, recordResults } from '../../../scripts/docs/performance/results.mjs';
import { startPostgres } from '../../../scripts/lib/postgres.mjs';
import { command, Explained } from '../../../scripts/lib/run.mjs';
import type { Bench, Case } from './case.js';
import { fanOutCases } from './cases/fan-out.js';
import { redisWritesCase } from './cases/redis-writes.js';
import { databaseCases } from './cases/saves.js';
import { simulationCase } from './cases/simulation.js';
import { socketCases } from './cases/sockets.js';
import { sweepCases } from './cases/sweep.js';
import { type Row, table } from './figures.js';
import { describeMachine, findCores, pin, requireProc } from './machine.js';
import { profileInto } from './processes.js';
import { StackPool } from './stack-pool.js';
import { describeVersions } from './versions.js';

const CASES: readonly Case[] = [
  ...fanOutCases,
  ...socketCases,
  redisWritesCase,
  ...databaseCases,
  ...sweepCases,
  simulationCase,
];

/**
 * `[CASE…] [--short] [--record] [--output FILE] [--outcome FILE] [--profile FOLDER]`: measures, and prints a table and
 * a line of JSON a row. Times are never a failure, only what could not be measured is: a target that was missed stands
 * in the table.
 */
await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      short: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      output: { type: 'string' },
      outcome: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const unknown = positionals.find((word) => !CASES.some((one) => isMeant(one, word)));
  if (unknown !== undefined) {
    throw new Explained(
      `There is no case ${unknown}. There are ${CASES.map(({ name }) => name).join(', ')}.`,
    );
  }
  if (values.record && values.short)
    throw new Explained('The short form measures nothing that is worth recording.');
  requireProc();
  if (values.profile) profileInto(values.profile);
  // Each process that is started wants to be ended with this one.
  process.setMaxListeners(50);
  const chosen =
    positionals.length === 0 ? CASES : CASES.filter((one) => positionals.some((word) => isMeant(one, word)));
  const cores = findCores();
  const machine = describeMachine();
  // What is started from here on runs beside the load, but for the server that is measured.
  pin(process.pid, cores.load);
  if (values.output) writeFileSync(values.output, '');

  const postgres = await startPostgres();
  const interrupt = (): never => process.exit(130);
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const pool = new StackPool(postgres.url, cores, values.short);
  const bench: Bench = {
    cores,
    postgresUrl: postgres.url,
    openStack: (options) => pool.open(options),
    short: values.short,
  };
  for (const { opensLate } of chosen) if (opensLate) pool.prepare(opensLate);
  const outcome = { passed: 0, failed: 0, skipped: 0 };
  try {
    const circumstances = {
      machine,
      date: new Date().toISOString().slice(0, 10),
      versions: await describeVersions(postgres.url),
    };
    console.log(told({ ...machine, date: circumstances.date, ...circumstances.versions }));
    if (cores.server === null)
      console.log('Server and load share their cores: latencies are worse than they need be.');
    for (const one of chosen) {
      console.log(`\n${one.name}: ${one.title}`);
      const begun = performance.now();
      try {
        const rows = await one.run(bench);
        const results = (values.short ? rows.map(withoutVerdict) : rows).map(
          ({ case: name, setting, ...row }): Result => ({
            case: name,
            title: one.title,
            setting,
            ...row,
            ...circumstances,
          }),
        );
        tell(results, values.output);
        if (values.record) {
          recordResults(
            results,
            CASES.map(({ name }) => name),
          );
        }
        outcome.passed += 1;
      } catch (error) {
        outcome.failed += 1;
        console.log(`FAILED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
      console.log(`${one.name} took ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
    }
  } finally {
    await pool.close();
    await postgres.stop();
  }
  if (values.record) publishPerformance({ check: false });
  if (values.outcome) writeFileSync(values.outcome, JSON.stringify(outcome));
  return outcome.failed > 0 ? 1 : 0;
});

/** `sweep` means `sweep-dashboards` and the like. */
function isMeant({ name }: Case, word: string): boolean {
  return name === word || name.startsWith(`${word}-`);
}

/** The short form is too small to say anything about a target. */
function withoutVerdict({ target: _, met: __, judged: ___, ...row }: Row): Row {
  return row;
}

function tell(results: readonly Result[], output: string | undefined): void {
  console.log(`${table(results)}\n`);
  const lines = results.map((result) => `${JSON.stringify(result)}\n`).join('');
  process.stdout.write(lines);
  if (output) appendFileSync(output, lines);
}

function told(facts: Readonly<Record<string, string>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}
