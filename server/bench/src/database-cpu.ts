import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';

/** Clock ticks a second in /proc. @see machine.ts */
const TICKS_PER_SECOND = 100;

/** CPU time of a PostgreSQL on this machine over all its processes, also those that have ended, in seconds. */
export async function databaseCpuSeconds(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const server = statOf(rows[0]?.pid ?? 0)?.parent;
  if (server === undefined) throw new Error('PostgreSQL does not run on this machine');
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat?.parent === server) ticks += stat.own;
    if (Number(name) === server) ticks += (stat?.own ?? 0) + (stat?.ended ?? 0);
  }
  return ticks / TICKS_PER_SECOND;
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function statOf(pid: number): { parent: number; own: number; ended: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (i: number): number => fields[i] ?? 0;
    return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
