import { setTimeout as delay } from 'node:timers/promises';
import type { Document } from '@doclight/protocol';
import { ClientLink } from '../people/client-link.js';
import { type ClientSocket, openSocket, Refused, send } from '../people/socket.js';
import type { Random } from '../random.js';
import { type Api, Problem } from './api.js';
import type { Acknowledged } from './records.js';

/** While the server is away, a client tries again this often, in milliseconds. */
const AGAIN_AFTER_MS = 50;
const PARAGRAPH = 'What is written has to stay, whatever happens to the process that wrote it down.\n';

/** What all writers of a run share. */
export interface Desk {
  readonly random: Random;
  readonly documentIds: readonly string[];
  readonly acknowledged: Acknowledged[];
  readonly sent: Set<string>;
  /** Saves that were refused because somebody else was faster. */
  conflicts: number;
  /** Saves whose answer never came. */
  unanswered: number;
  /** Whether more is to be saved. */
  readonly isOpen: () => boolean;
}

/** A person who saves and saves, by REST and over the socket, always from the newest revision they know. */
export class Writer {
  private readonly known = new Map<string, Document>();
  private readonly socket: ClientSocket;
  private count = 0;

  constructor(
    private readonly name: string,
    private readonly api: Api,
    url: string,
    private readonly desk: Desk,
  ) {
    const { identity } = api;
    this.socket = openSocket({ url, origin: url, identity, link: new ClientLink(), tab: name });
  }

  async write(): Promise<void> {
    const { random, documentIds, isOpen } = this.desk;
    while (isOpen()) {
      const id = random.pick(documentIds);
      try {
        const base = this.known.get(id) ?? (await this.api.read(id));
        this.known.set(id, base);
        await this.save(base);
      } catch (error) {
        // No answer: it may have been saved or not.
        this.known.delete(id);
        if (error instanceof Problem && error.status < 500) throw error;
        if (error instanceof Refused && error.code !== null) throw error;
        await delay(AGAIN_AFTER_MS);
      }
    }
    this.socket.disconnect();
  }

  private async save(base: Document): Promise<void> {
    const { desk, socket } = this;
    this.count += 1;
    const mark = `${this.name} ${this.count}`;
    const text = `${mark}\n${PARAGRAPH.repeat(Math.ceil(desk.random.between(0, 40)))}`;
    const overSocket = socket.connected && desk.random.chance(0.5);
    desk.sent.add(mark);
    try {
      const saved = overSocket
        ? await send(socket, 'document:update', {
            documentId: base.id,
            revision: base.revision,
            title: mark,
            text,
          })
        : await this.api.save(base.id, base.revision, { title: mark, abstract: base.abstract, text });
      const { userId } = this.api.identity;
      desk.acknowledged.push({ mark, documentId: base.id, revision: saved.revision, userId });
      this.known.set(base.id, saved);
    } catch (error) {
      const current = error instanceof Problem || error instanceof Refused ? error.current : undefined;
      if (!current) {
        if (!wasRefused(error)) desk.unanswered += 1;
        throw error;
      }
      desk.conflicts += 1;
      this.known.set(base.id, current);
    }
  }
}

/** Nobody listened: what was to be sent never left. */
function wasRefused(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return cause?.code === 'ECONNREFUSED' || (error instanceof Refused && error.message === 'offline');
}
