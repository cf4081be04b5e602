import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const fileSchema = z.object({ pid: z.int(), port: z.int(), token: z.string() });

/** How a command reaches the server that holds a data folder. Only the same user can read it. */
export type ControlAddress = z.infer<typeof fileSchema>;

const pathIn = (dataDir: string) => join(dataDir, 'control.json');

/** Written aside and moved into place: whoever finds the file finds it whole. */
export async function writeControlFile(dataDir: string, address: ControlAddress): Promise<void> {
  const draft = `${pathIn(dataDir)}.${randomUUID()}`;
  try {
    await writeFile(draft, JSON.stringify(address), { mode: 0o600, flag: 'wx' });
    await rename(draft, pathIn(dataDir));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Null: no server takes commands there. */
export async function readControlFile(dataDir: string): Promise<ControlAddress | null> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(pathIn(dataDir), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export async function removeControlFile(dataDir: string): Promise<void> {
  await rm(pathIn(dataDir), { force: true });
}
