import { drawTable, failuresOf } from '../report.js';
import type { RunOutcome } from './run.js';

/** A line for each database. */
export function table(outcomes: readonly RunOutcome[]): string {
  const head = [
    'database',
    'kills',
    'acknowledged',
    'found',
    'lost',
    'unanswered, saved',
    'conflicts',
    'events',
    'told to',
    'checks',
    'took',
  ];
  const rows = outcomes.map((one) => {
    const passed = one.checks.filter(({ faults }) => faults.length === 0).length;
    return [
      one.database,
      String(one.kills),
      String(one.acknowledged),
      String(one.found),
      String(one.acknowledged - one.found),
      `${one.withoutAnswer}, ${one.unanswered}`,
      String(one.conflicts),
      String(one.events),
      `${one.toldAll} of ${one.followers}`,
      `${passed}/${one.checks.length}`,
      `${(one.ms / 1_000).toFixed(1)} s`,
    ];
  });
  return [
    drawTable(head, rows),
    '',
    'Unanswered, saved: saves whose answer a kill swallowed, and how many of them were made nevertheless.',
    'Told to: clients that heard of every event, over the socket or by catching up, none of them twice on one connection.',
  ].join('\n');
}

/** What was at fault, check by check. */
export function failures({ database, checks }: RunOutcome): string {
  return failuresOf(database, checks);
}
