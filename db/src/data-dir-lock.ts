import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Another process has the embedded database open. */
export class DataDirLockedError extends Error {
  /** Process id of the holder. */
  readonly pid: number;
  constructor(dataDir: string, pid: number) {
    super(
      `The embedded database in ${dataDir} is open in another process (pid ${pid}). ` +
        'Stop that one first, or give this one another DATA_DIR.',
    );
    this.name = 'DataDirLockedError';
    this.pid = pid;
  }
}

interface Holder {
  readonly pid: number;
  /** Kernel ticks at which the process started, where the system tells; pids are used again. */
  readonly startedAt: string | null;
}

/** Path of the lock file of a data folder. */
const lockFile = (dataDir: string) => join(dataDir, 'doclight.lock');

/**
 * Takes a data folder for this process. Two processes on one embedded database lose data silently,
 * so this is the only way to open it. The lock of a process that died is taken over.
 * @returns a function that gives the folder back
 * @throws DataDirLockedError
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const path = lockFile(dataDir);
  // Written aside and linked into place: whoever finds the file finds it whole.
  const draft = `${path}.${process.pid}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify({ pid: process.pid, startedAt: startTimeOf(process.pid) }), {
    mode: 0o600,
  });
  try {
    for (;;) {
      try {
        await link(draft, path);
        return () => rm(path, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const pid = await dataDirHolder(dataDir);
      if (pid !== null) throw new DataDirLockedError(dataDir, pid);
      await removeStale(dataDir, path);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes the lock of a dead process, and no other: a second waiter may have just taken the folder. */
async function removeStale(dataDir: string, path: string): Promise<void> {
  const aside = `${path}.stale.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const pid = await holderIn(aside);
  if (pid !== null) {
    await link(aside, path);
    await rm(aside, { force: true });
    throw new DataDirLockedError(dataDir, pid);
  }
  await rm(aside, { force: true });
}

/** The process id that has a data folder open, or null. */
export async function dataDirHolder(dataDir: string): Promise<number | null> {
  return holderIn(lockFile(dataDir));
}

async function holderIn(path: string): Promise<number | null> {
  let holder: Holder;
  try {
    holder = JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null;
  }
  const startedAt = startTimeOf(holder.pid);
  return holder.startedAt !== null && startedAt !== null && startedAt !== holder.startedAt
    ? null
    : holder.pid;
}

/** Field 22 of /proc/PID/stat. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
