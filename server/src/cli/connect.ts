import { CommandError } from '../common/command-error.js';
import type { Config } from '../config/config.js';
import { ControlClientService } from '../control/control-client.service.js';
import type { Backend } from './command.js';

/** A server that is just starting, or a short command, is waited for this long; in milliseconds. */
const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 200;

/** What is known of the folder of the embedded database. */
export interface DataFolder {
  /** Process id of whoever has it open; null: nobody. */
  holder(): Promise<number | null>;
  /** Opens it here. */
  open(): Promise<Backend>;
  /** Whether an error of `open` says that somebody else was quicker. */
  isTaken(error: unknown): boolean;
}

/**
 * Finds the way to the database: PostgreSQL and a free data folder are opened here; a folder that a
 * server holds is reached through that server.
 * @throws CommandError where its holder takes no commands
 */
export async function connect(config: Config, folder: DataFolder): Promise<Backend> {
  if (config.databaseUrl !== undefined) return folder.open();
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const holder = await folder.holder();
    const backend = holder === null ? await openUnlessTaken(folder) : await reach(config.dataDir, holder);
    if (backend) return backend;
    if (Date.now() > until) {
      throw new CommandError(
        `The database in ${config.dataDir} is open in ${holder === null ? 'another process' : `process ${holder}`}, which takes no commands: ` +
          'another command that takes long, or a server of another version. Wait for it, or stop it.',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function openUnlessTaken(folder: DataFolder): Promise<Backend | null> {
  try {
    return await folder.open();
  } catch (error) {
    if (folder.isTaken(error)) return null;
    throw error;
  }
}

async function reach(dataDir: string, holder: number): Promise<Backend | null> {
  const client = await ControlClientService.connect(dataDir, holder);
  return (
    client && {
      run: async <Output>(operation: { name: string; output?: Output }, input: unknown) =>
        (await client.run(operation.name, input)) as Output,
      close: () => client.close(),
    }
  );
}
