import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import { CommandError } from '../common/command-error.js';
import { LOGGER } from '../common/logger.js';
import { ProblemError } from '../common/problem.js';
import { type Config, isLoopback } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { CommandSessions } from './command-sessions.js';
import { removeControlFile, writeControlFile } from './control-file.js';
import { OperationsService } from './operations.service.js';

/** A batch of an import holds at most a few texts; JSON can make them up to six times as long. */
const MOST_BODY_BYTES = 64 * 1024 * 1024;

const requestSchema = z.strictObject({ operation: z.string(), input: z.unknown() });

/** What the channel answers. `error` is for the operator to read. */
export type ControlAnswer =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly error: string };

class Refusal extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 413,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Lets operators' commands through to the embedded database while this process holds it. It listens
 * on a loopback port of its own, which no proxy leads to. Who can read the file in the data folder
 * finds there a token that opens one session (`POST /open`), whose secret serves for what the
 * command asks (`POST /run`) until it says that it is done (`POST /close`) or falls silent.
 */
@Injectable()
export class ControlService implements OnModuleDestroy {
  private readonly sessions = new CommandSessions();
  private server: Server | undefined;
  private writing: Promise<void> = Promise.resolve();
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly operations: OperationsService,
  ) {}

  /** Begins to listen. Does nothing where commands reach the database themselves. */
  async start(): Promise<void> {
    if (this.config.databaseUrl !== undefined) return;
    const server = createServer((request, response) => {
      const done = this.answer(request, response);
      this.running.add(done);
      done.finally(() => this.running.delete(done));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    server.on('error', (err) => this.log.error({ err }, 'the control channel fails'));
    this.server = server;
    await this.publishToken();
  }

  /** Stops: what is running is finished, nothing else is begun. */
  async onModuleDestroy(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    await Promise.allSettled(this.running);
    server.closeAllConnections();
    await closed;
    await this.writing;
    await removeControlFile(this.config.dataDir);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await this.handle(request).catch((error: unknown) => this.failure(error));
    // A body that was not read is not waited for.
    if (!request.complete) response.setHeader('Connection', 'close');
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(body satisfies ControlAnswer));
  }

  private async handle(request: IncomingMessage): Promise<{ status: number; body: ControlAnswer }> {
    requireLocal(request);
    const secret = /^Bearer (\S{1,128})$/.exec(request.headers.authorization ?? '')?.[1];
    if (secret === undefined) throw forbidden();
    switch (`${request.method} ${request.url}`) {
      case 'POST /open':
        return done({ secret: await this.open(secret) });
      case 'POST /run':
        return done(await this.run(secret, request));
      case 'POST /close':
        if (!this.sessions.close(secret)) throw forbidden();
        return done(null);
      default:
        throw new Refusal(404, 'There is nothing here.');
    }
  }

  private async open(token: string): Promise<string> {
    const secret = this.sessions.open(token, Date.now());
    if (secret === null) throw forbidden();
    await this.publishToken();
    return secret;
  }

  private async run(secret: string, request: IncomingMessage): Promise<unknown> {
    const leave = this.sessions.enter(secret, Date.now());
    if (!leave) throw forbidden();
    try {
      if (!this.server) throw new CommandError('The server is stopping: run the command again.');
      const { operation, input } = requestSchema.parse(JSON.parse(await bodyOf(request)));
      return (await this.operations.run(operation, input)) ?? null;
    } finally {
      leave(Date.now());
    }
  }

  /** Tells the next command how to get in; one file is written after the other. */
  private publishToken(): Promise<void> {
    this.writing = this.writing.then(async () => {
      if (!this.server) return;
      const { port } = this.server.address() as AddressInfo;
      await writeControlFile(this.config.dataDir, {
        pid: process.pid,
        port,
        token: this.sessions.nextToken(),
      });
    });
    return this.writing;
  }

  private failure(error: unknown): { status: number; body: ControlAnswer } {
    if (error instanceof Refusal) return failed(error.status, error.message);
    if (error instanceof CommandError || error instanceof ProblemError) return failed(422, error.message);
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      return failed(400, 'This is no request of a command of this version.');
    }
    this.log.error({ err: error }, 'a command failed');
    return failed(500, 'The server failed at this; its log says why.');
  }
}

/** A page in a browser can send requests to loopback addresses: it shows by its Host or its Origin. */
function requireLocal({ headers, socket }: IncomingMessage): void {
  const host = URL.canParse(`http://${headers.host}`) ? new URL(`http://${headers.host}`).hostname : '';
  if (!isLoopback(host) || !isLoopback(socket.remoteAddress ?? '') || headers.origin !== undefined) {
    throw forbidden();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  async function* limited() {
    let length = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.byteLength;
      if (length > MOST_BODY_BYTES) throw new Refusal(413, 'This is more than one request may hold.');
      yield chunk;
    }
  }
  return text(limited());
}

function done(data: unknown): { status: number; body: ControlAnswer } {
  return { status: 200, body: { ok: true, data } };
}

function failed(status: number, error: string): { status: number; body: ControlAnswer } {
  return { status, body: { ok: false, error } };
}

function forbidden(): Refusal {
  return new Refusal(403, 'Refused.');
}
