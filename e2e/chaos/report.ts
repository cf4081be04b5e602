import type { Check } from './checks.js';
import type { Outcome } from './round.js';

/** Most differences that are printed of one failed check. */
const MOST_FAULTS = 8;

/** A line for each fault, then what failed, if anything. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ fault, checks, ghost, gap, leaves }) => {
    const failed = checks.filter(({ faults }) => faults.length > 0).length;
    return [
      fault.name,
      `${checks.length - failed}/${checks.length}`,
      seconds(ghost.ms),
      seconds(gap.ms),
      String(leaves.length),
      failed === 0 ? 'passed' : 'FAILED',
    ];
  });
  const head = ['fault', 'checks', 'longest ghost', 'longest gap', 'seen to leave', 'verdict'];
  return [
    drawTable(head, rows),
    '',
    'Ghost: shown and not there, or as more than they do; includes the grace of 3.5 s of a dropped socket.',
    'Gap: there and not shown, or as less than they do. Both are of any dashboard, from the fault on.',
    'Seen to leave: people who stayed or were back within 3 s; none may be, unless Redis or a gateway is lost to the others.',
  ].join('\n');
}

/** Cells in columns, the first one to the left, the others to the right. */
export function drawTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** What was at fault, check by check. */
export function failures({ fault, checks }: Outcome): string {
  return failuresOf(fault.name, checks);
}

/** What was at fault in the checks that failed, each line under the name of what was done. */
export function failuresOf(name: string, checks: readonly Check[]): string {
  return checks
    .filter(({ faults }) => faults.length > 0)
    .map(({ what, faults }) => {
      const more = faults.length - MOST_FAULTS;
      const lines = [...faults.slice(0, MOST_FAULTS), ...(more > 0 ? [`and ${more} more`] : [])];
      return `${name}: ${what}\n${lines.map((text) => `    ${text}`).join('\n')}`;
    })
    .join('\n');
}

/** How many checks passed and failed. */
export function count(outcomes: readonly Outcome[]): { passed: number; failed: number } {
  const checks = outcomes.flatMap((outcome) => outcome.checks);
  const failed = checks.filter(({ faults }) => faults.length > 0).length;
  return { passed: checks.length - failed, failed };
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
