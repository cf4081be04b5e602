import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend, CommandContext } from '../cli/command.js';
import { runCommand } from '../cli/run-command.js';
import { OperationsService } from '../control/operations.service.js';
import type { TestServer } from './test-server.js';

/** What a command did. */
export interface CommandResult {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command as an operator does. @param input what comes on standard input */
export async function operate(
  connect: CommandContext['connect'],
  args: readonly string[],
  input = '',
): Promise<CommandResult> {
  let out = '';
  let err = '';
  const status = await runCommand(args, {
    out: (lines) => {
      out += `${lines}\n`;
    },
    err: {
      write: (text: string) => {
        err += text;
      },
    },
    in: (async function* () {
      yield input;
    })(),
    folder: tmpdir(),
    connect,
  });
  return { status, out, err };
}

/** The operations of a test server, without the control channel between. */
export function backendOf(server: TestServer): Backend {
  const operations = server.app.nest.get(OperationsService);
  return {
    run: async <Output>(operation: { name: string; output?: Output }, input: unknown) =>
      (await operations.run(operation.name, input)) as Output,
    close: async () => {},
  };
}

/** A folder of its own for a test. Ends with what is in it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'doclight-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
