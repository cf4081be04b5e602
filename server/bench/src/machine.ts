import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Explained } from '../../../scripts/lib/run.mjs';

/** Clock ticks a second in /proc, on every Linux of today. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS_PER_SECOND = 100;

/** Which cores the measured server and everything else run on; null where the machine has one, or no `taskset`. */
export interface Cores {
  readonly server: number | null;
  readonly load: number | null;
}

/** @throws Explained where the operating system does not say what a process has used */
export function requireProc(): void {
  if (!existsSync('/proc/self/stat')) {
    throw new Explained('The benchmark reads CPU time and memory from /proc: run it on Linux.');
  }
}

export function findCores(): Cores {
  if (availableParallelism() < 2) return { server: null, load: null };
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return { server: 0, load: 1 };
  } catch {
    return { server: null, load: null };
  }
}

/** Moves a process, its threads and all that it starts from now on to a core. */
export function pin(pid: number, core: number | null): void {
  if (core !== null)
    execFileSync('taskset', ['-a', '-c', '-p', String(core), String(pid)], { stdio: 'ignore' });
}

/** CPU time that a process has used over all its threads, in seconds, in steps of 10 ms. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name stands in parentheses and may hold anything: fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/**
 * Waits until a process has used less than 5 % of a core for half a second.
 * @throws Error where it does not come to rest within a minute
 */
export async function atRest(pid: number): Promise<void> {
  const windowMs = 500;
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    const before = cpuSeconds(pid);
    await delay(windowMs);
    if (cpuSeconds(pid) - before <= 0.05 * (windowMs / 1_000)) return;
  }
  throw new Error('the server does not come to rest');
}

/** Memory of a process that is in RAM, in bytes. */
export function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}

/** What the figures were measured on. */
export function describeMachine(): Record<string, string> {
  return {
    cpu: `${availableParallelism()} × ${cpus()[0]?.model.trim() || 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    os: readFileSync('/proc/version', 'utf8').split(' ').slice(0, 3).join(' '),
  };
}

/** What every process that is started gets, and no setting of the person's shell. */
export function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '', NODE_ENV: 'production' };
}
