import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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

/**
 * A lock is a file with a number. The highest one counts: it is held while the process that it names
 * lives, and nobody ever removes it, so that a number is given out once. (A lock that is removed and
 * made again can be taken by two who both found it left behind.)
 */
const LOCK = /^doclight\.lock\.(\d{1,15})$/;
const lockFile = (dataDir: string, number: number) => join(dataDir, `doclight.lock.${number}`);

/**
 * Takes a data folder for this process. Two processes on one embedded database lose data silently,
 * so this is the only way to open it. The lock of a process that died is taken over.
 * @returns a function that gives the folder back
 * @throws DataDirLockedError
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  // Written aside and linked into place: whoever finds the file finds it whole.
  const draft = join(dataDir, `doclight.lock.draft-${randomUUID()}`);
  await writeFile(draft, JSON.stringify({ pid: process.pid, startedAt: startTimeOf(process.pid) }), {
    mode: 0o600,
  });
  try {
    for (;;) {
      const highest = await highestLock(dataDir);
      const pid = await holderIn(lockFile(dataDir, highest));
      if (pid !== null) throw new DataDirLockedError(dataDir, pid);
      const number = highest + 1;
      const path = lockFile(dataDir, number);
      if (!(await linked(draft, path))) continue;
      // The number was given out before, and taken away since by somebody with a higher one.
      if ((await highestLock(dataDir)) !== number) {
        await rm(path, { force: true });
        continue;
      }
      await removeBelow(dataDir, number);
      // It stays, and names nobody.
      return () => writeFile(path, '');
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** The process id that has a data folder open, or null. */
export async function dataDirHolder(dataDir: string): Promise<number | null> {
  return holderIn(lockFile(dataDir, await highestLock(dataDir)));
}

/** False where there is a file of that name. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function lockNumbers(dataDir: string): Promise<number[]> {
  try {
    return (await readdir(dataDir)).flatMap((name) => LOCK.exec(name)?.[1] ?? []).map(Number);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** 0 where the folder was never taken. */
async function highestLock(dataDir: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(dataDir)));
}

async function removeBelow(dataDir: string, number: number): Promise<void> {
  for (const lower of await lockNumbers(dataDir)) {
    if (lower < number) await rm(lockFile(dataDir, lower), { force: true });
  }
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
