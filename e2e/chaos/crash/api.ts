import type { Document, EventList, RevisionSummary, WorkspaceEvent } from '@doclight/protocol';
import type { Identity } from '../stack/rest.js';
import type { Revised, Told } from './records.js';

const ANSWER_WITHIN_MS = 10_000;

/** An answer that is an error. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** With a conflict: the document as it is by now. */
    readonly current: Document | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** REST as one person. Every method throws Problem where the answer is an error, else what `fetch` throws. */
export class Api {
  constructor(
    private readonly url: string,
    readonly identity: Identity,
  ) {}

  create(workspaceId: string, title: string): Promise<Document> {
    return this.send('POST', `/api/workspaces/${workspaceId}/documents`, { title });
  }

  read(documentId: string): Promise<Document> {
    return this.send('GET', `/api/documents/${documentId}`);
  }

  save(
    documentId: string,
    revision: number,
    content: Pick<Document, 'title' | 'abstract' | 'text'>,
  ): Promise<Document> {
    return this.send('PUT', `/api/documents/${documentId}`, content, { 'if-match': `"${revision}"` });
  }

  /** One answer of the event log. */
  async events(workspaceId: string, after: string): Promise<{ events: Told[]; last: string; more: boolean }> {
    const path = `/api/workspaces/${workspaceId}/events?after=${after}`;
    const { events, lastEventId, truncated } = await this.send<EventList>('GET', path);
    return { events: events.map(toldOf), last: lastEventId, more: truncated && lastEventId !== after };
  }

  /** Every revision, oldest first, each as its own request tells it. */
  async history(documentId: string): Promise<Revised[]> {
    const path = `/api/documents/${documentId}/revisions`;
    const listed: RevisionSummary[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: { revisions: RevisionSummary[]; nextCursor: string | null } = await this.send(
        'GET',
        `${path}?limit=100${query}`,
      );
      listed.push(...page.revisions);
      cursor = page.nextCursor;
    }
    const revisions: Revised[] = [];
    for (const { revision, title, author, savedAt } of listed.reverse()) {
      const { text } = await this.send<{ text: string }>('GET', `${path}/${revision}`);
      revisions.push({ revision, title, text, userId: author.id, savedAt: Date.parse(savedAt) });
    }
    return revisions;
  }

  private async send<T>(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<globalThis.Record<string, string>> = {},
  ): Promise<T> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        cookie: this.identity.cookie,
        origin: this.url,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (answer.ok) return (await answer.json()) as T;
    const text = await answer.text();
    const current = answer.status === 412 ? (JSON.parse(text) as { current: Document }).current : undefined;
    throw new Problem(answer.status, current, `${method} ${path}: ${answer.status} ${text}`);
  }
}

/** An event as the record keeps it. */
export function toldOf(event: WorkspaceEvent): Told {
  const { eventId, type } = event;
  if (type === 'document:created') return { eventId, type, documentId: event.document.id, revision: 1 };
  return {
    eventId,
    type,
    documentId: event.documentId,
    revision: type === 'document:saved' ? event.revision : 0,
  };
}
