import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Operation } from '../common/operation.js';

/** The arguments do not fit. The message says why; the usage is printed after it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Where the operations run: in this process, or in the server that holds the database. */
export interface Backend {
  /** @throws CommandError where the operator can mend it */
  run<Input, Output>(operation: Operation<Input, Output>, input: Input): Promise<Output>;
  close(): Promise<void>;
}

/** What a command has of the world. */
export interface CommandContext {
  /** Results, a line or several. */
  out(lines: string): void;
  /** Everything else: progress, and what went wrong. */
  readonly err: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly in: AsyncIterable<Uint8Array | string>;
  /** Relative paths start here. */
  readonly folder: string;
  /** Opens the way to the database. The command closes it. */
  connect(): Promise<Backend>;
}

/** One of the operator's commands. */
export interface Command {
  readonly usage: string;
  /** @returns the exit status @throws UsageError, CommandError */
  run(args: readonly string[], context: CommandContext): Promise<number>;
}

interface ReadConfig<T extends NonNullable<ParseArgsConfig['options']>> {
  args: string[];
  options: T;
  allowPositionals: true;
  strict: true;
}

/** Node's own reading of arguments, strictly. @throws UsageError */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<ReadConfig<T>>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Does something with a connection, and closes it whatever happens. */
export async function connected<T>(
  context: CommandContext,
  work: (backend: Backend) => Promise<T>,
): Promise<T> {
  const backend = await context.connect();
  try {
    return await work(backend);
  } finally {
    await backend.close();
  }
}

/** The one thing that a command is about. @throws UsageError where there is none, or more */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [first, second] = positionals;
  if (first === undefined || first === '') throw new UsageError(`Name ${what}.`);
  if (second !== undefined) throw new UsageError(`Name one ${what.replace(/^an? |^the /, '')} only.`);
  return first;
}
