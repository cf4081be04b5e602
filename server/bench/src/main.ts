import { appendFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../../scripts/lib/postgres.mjs';
import { command, Explained } from '../../../scripts/lib/run.mjs';
import type { Bench, Case } from './case.js';
import { fanOutCases } from './cases/fan-out.js';
import { redisWritesCase } from './cases/redis-writes.js';
import { databaseCases } from './cases/saves.js';
import { simulationCase } from './cases/simulation.js';
import { socketCases } from './cases/sockets.js';
import { type Row, table } from './figures.js';
import { describeMachine, findCores, pin, requireProc } from './machine.js';

const CASES: readonly Case[] = [
  ...fanOutCases,
  ...socketCases,
  redisWritesCase,
  ...databaseCases,
  simulationCase,
];

/**
 * `[CASE…] [--short] [--output FILE] [--report FILE]`: measures, and prints a table and a line of JSON a row.
 * Times are never a failure, only what could not be measured is: a target that was missed stands in the table.
 */
await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      short: { type: 'boolean', default: false },
      output: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const unknown = positionals.find((name) => !CASES.some((one) => one.name === name));
  if (unknown !== undefined) {
    throw new Explained(
      `There is no case ${unknown}. There are ${CASES.map(({ name }) => name).join(', ')}.`,
    );
  }
  requireProc();
  const chosen = positionals.length === 0 ? CASES : CASES.filter(({ name }) => positionals.includes(name));
  const cores = findCores();
  const machine = describeMachine();
  // What is started from here on runs beside the load, but for the server that is measured.
  pin(process.pid, cores.load);
  console.log(
    Object.entries(machine)
      .map(([name, value]) => `${name}: ${value}`)
      .join('; '),
  );
  if (cores.server === null)
    console.log('Server and load share their cores: latencies are worse than they need be.');
  if (values.output) writeFileSync(values.output, '');

  const postgres = await startPostgres();
  const interrupt = (): never => process.exit(130);
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const bench: Bench = { cores, postgresUrl: postgres.url, short: values.short };
  const outcome = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const one of chosen) {
      console.log(`\n${one.name}: ${one.title}`);
      try {
        const rows = await one.run(bench);
        tell(values.short ? rows.map(withoutVerdict) : rows, machine, values.output);
        outcome.passed += 1;
      } catch (error) {
        outcome.failed += 1;
        console.log(`FAILED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
  } finally {
    await postgres.stop();
  }
  if (values.report) writeFileSync(values.report, JSON.stringify(outcome));
  return outcome.failed > 0 ? 1 : 0;
});

/** The short form is too small to say anything about a target. */
function withoutVerdict({ target: _, met: __, ...row }: Row): Row {
  return row;
}

function tell(rows: readonly Row[], machine: Record<string, string>, output: string | undefined): void {
  console.log(`${table(rows)}\n`);
  const lines = rows.map((row) => `${JSON.stringify({ ...row, machine })}\n`).join('');
  process.stdout.write(lines);
  if (output) appendFileSync(output, lines);
}
