import type { Document, Me } from '@doclight/protocol';

/** A person of the suite: who they are, and the header by which the server knows them. */
export interface Identity {
  readonly userId: string;
  /** `doclight_session=...` */
  readonly cookie: string;
}

/** The few REST requests that the suite makes, as one person, through one address. */
export class Rest {
  constructor(
    private readonly url: string,
    /** The origin that the server allows. */
    private readonly origin: string,
    private readonly identity: Identity,
  ) {}

  async workspaceId(): Promise<string> {
    const me = await this.request<Me>('GET', '/api/auth/me');
    const [workspace] = me.workspaces;
    if (!workspace) throw new Error('the minted people are in no workspace');
    return workspace.id;
  }

  createDocument(workspaceId: string, title: string): Promise<Document> {
    return this.request('POST', `/api/workspaces/${workspaceId}/documents`, { title });
  }

  /** Saves a new text over what is there. @throws Error where that is refused */
  async save(documentId: string, text: string): Promise<Document> {
    const { title, abstract, revision } = await this.request<Document>('GET', `/api/documents/${documentId}`);
    const headers = { 'If-Match': `"${revision}"` };
    return this.request('PUT', `/api/documents/${documentId}`, { title, abstract, text }, headers);
  }

  private async request<T>(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        cookie: this.identity.cookie,
        origin: this.origin,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
