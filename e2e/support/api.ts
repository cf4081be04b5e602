import { type Document, documentSchema, meSchema, SESSION_COOKIE } from '@doclight/protocol';
import { openSession } from './accounts.js';
import type { Product } from './product.js';

/** The words of a document that a test needs. */
export interface Draft {
  readonly title: string;
  readonly abstract?: string;
  readonly text?: string;
}

/** REST in the name of one person, for what a test needs and does not look at. It connects no socket. */
export interface Api {
  /** Makes a document in the person's first workspace. */
  create(draft: Draft): Promise<Document>;
  /** @param id id or slug */
  read(id: string): Promise<Document>;
  /** Makes the next revision of a document as it was last read. */
  save(document: Document, change: Partial<Draft>): Promise<Document>;
  /** Deletes a document; one that is gone already stays so. */
  remove(id: string): Promise<void>;
  /** Any other request: its answer as it came. */
  send(method: string, path: string, body?: unknown): Promise<Response>;
  /** Of the person's first workspace. */
  readonly workspaceId: string;
}

/**
 * Signs in and speaks for that person; every method throws where the answer is an error.
 * @throws Error where they cannot sign in, or are in no workspace
 */
export async function openApi(product: Product, email: string, password?: string): Promise<Api> {
  const session = await openSession(product, email, password);
  const send = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(`${product.url}${path}`, {
      method,
      headers: {
        cookie: `${SESSION_COOKIE}=${session}`,
        origin: product.url,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const asDocument = async (answer: Response): Promise<Document> => {
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return documentSchema.parse(await answer.json());
  };
  const me = meSchema.parse(await (await send('GET', '/api/auth/me')).json());
  const workspaceId = me.workspaces[0]?.id;
  if (workspaceId === undefined) throw new Error(`${email} is in no workspace.`);
  return {
    workspaceId,
    send,
    create: async (draft) =>
      asDocument(await send('POST', `/api/workspaces/${workspaceId}/documents`, draft)),
    read: async (id) => asDocument(await send('GET', `/api/documents/${encodeURIComponent(id)}`)),
    save: async ({ id, revision, title, abstract, text }, change) =>
      asDocument(
        await send(
          'PUT',
          `/api/documents/${id}`,
          { title, abstract, text, ...change },
          {
            'if-match': `"${revision}"`,
          },
        ),
      ),
    remove: async (id) => {
      const answer = await send('DELETE', `/api/documents/${id}`);
      if (!answer.ok && answer.status !== 404) throw new Error(`${answer.status} ${await answer.text()}`);
    },
  };
}
