import { z } from 'zod';
import { CommandError } from '../common/command-error.js';
import { type ControlAddress, readControlFile } from './control-file.js';

/** Tokens change hands this fast that a second try soon has a new one, in milliseconds. */
const RETRY_MS = 50;
/** Ten commands that begin at once take turns; this many turns are waited for. */
const MOST_TRIES = 100;

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);

/** A command's way to the server that holds a data folder. @see ControlService */
export class ControlClientService {
  private constructor(
    private readonly address: ControlAddress,
    private readonly secret: string,
  ) {}

  /**
   * Opens a session.
   * @param holder process id of the server that holds the folder
   * @returns null where that process takes no commands, or not yet
   * @throws CommandError where it refuses them
   */
  static async connect(dataDir: string, holder: number): Promise<ControlClientService | null> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const address = await readControlFile(dataDir);
      // The file of a server that was killed is worth nothing.
      if (address === null || address.pid !== holder) return null;
      const answer = await request(address, '/open', address.token);
      if (answer.status !== 403) {
        const { secret } = z.object({ secret: z.string() }).parse(dataOf(answer.body));
        return new ControlClientService(address, secret);
      }
      // Another command has used the token that we read: the next one is about to be written.
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    throw new CommandError(
      `The server (process ${holder}) does not let this command in. Wait until other commands are done, or restart it.`,
    );
  }

  /** @throws CommandError with what the server says */
  async run(operation: string, input: unknown): Promise<unknown> {
    const { body } = await request(this.address, '/run', this.secret, { operation, input });
    return dataOf(body);
  }

  /** Tells the server that the command is done. */
  async close(): Promise<void> {
    await request(this.address, '/close', this.secret);
  }
}

type Answer = z.infer<typeof answerSchema>;

async function request(
  { port }: ControlAddress,
  path: string,
  secret: string,
  body?: unknown,
): Promise<{ status: number; body: Answer }> {
  const init: RequestInit = { method: 'POST', headers: { Authorization: `Bearer ${secret}` } };
  if (body !== undefined) init.body = JSON.stringify(body);
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return { status: response.status, body: answerSchema.parse(await response.json()) };
  } catch (error) {
    throw new CommandError(
      `The server stopped answering (${reasonOf(error)}). When it is up again, or stopped, run the command again.`,
    );
  }
}

function dataOf(answer: Answer): unknown {
  if (!answer.ok) throw new CommandError(answer.error);
  return answer.data;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return (cause as NodeJS.ErrnoException).code ?? String(cause);
}
