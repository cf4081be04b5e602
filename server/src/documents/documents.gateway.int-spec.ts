import { type Document, documentSchema, type RevisionSummary } from '@doclight/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';
import type { TestSocket } from '../testing/test-socket.js';

describe.each(engines)('document:update on %s', (engine) => {
  let server: TestServer;
  let workspaceId: string;
  let fry: TestPerson;
  let document: Document;
  let socket: TestSocket;

  beforeAll(async () => {
    server = await TestServer.start(engine, { demo: false });
    workspaceId = await server.workspace();
    fry = await server.person({ [workspaceId]: 'editor' }, 'Fry');
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    document = await server.document(fry, workspaceId, 'Before');
    socket = await server.socket(fry.session);
  });
  afterEach(() => server.closeSockets());

  const read = async (): Promise<Document> =>
    documentSchema.parse((await fry.api('GET', `/api/documents/${document.id}`)).json());
  const put = (revision: number, title: string) =>
    fry.api('PUT', `/api/documents/${document.id}`, {
      json: { title, abstract: '', text: '' },
      headers: { 'if-match': `"${revision}"` },
    });
  const refused = (code: string) => ({ ok: false, error: { code, message: expect.stringMatching(/\w{3}/) } });

  it('saves what is there, keeps the rest, and is told to everyone like any save', async () => {
    const watcher = await server.socket((await server.person({ [workspaceId]: 'viewer' })).session);
    const at = { documentId: document.id };
    const renamed = await socket.ask('document:update', { ...at, revision: 1, title: 'After' });
    expect(documentSchema.parse(renamed)).toMatchObject({
      ...document,
      title: 'After',
      revision: 2,
      updatedAt: renamed.updatedAt,
      updatedBy: { id: fry.id },
    });
    expect(await read()).toEqual(renamed);
    const saved = await watcher.next('document:saved');
    expect(saved).toMatchObject({
      documentId: document.id,
      workspaceId,
      title: 'After',
      revision: 2,
      savedBy: { id: fry.id },
    });
    const text = 'Naïve text 🚀\n'.repeat(3_000);
    await socket.ask('document:update', { ...at, revision: 2, abstract: '', text });
    expect(await read()).toMatchObject({ title: 'After', abstract: '', text, revision: 3 });
    // By slug as well, as PUT takes it.
    await socket.ask('document:update', { documentId: document.slug, revision: 3, abstract: 'A' });
    const answer = await fry.api('GET', `/api/documents/${document.id}/revisions`);
    const { revisions } = answer.json<{ revisions: RevisionSummary[] }>();
    expect(revisions.map(({ revision, title }) => [revision, title])).toEqual([
      [4, 'After'],
      [3, 'After'],
      [2, 'After'],
      [1, 'Before'],
    ]);
  });

  it('is refused over another revision, with the document as it is by now', async () => {
    expect((await put(1, 'Theirs')).status).toBe(200);
    const current = await read();
    for (const revision of [1, 3]) {
      const late = await socket.emitAck('document:update', {
        documentId: document.id,
        revision,
        title: 'Mine',
      });
      expect(late).toEqual({
        ok: false,
        error: { ...refused('REVISION_CONFLICT').error, current },
      });
    }
    expect(await read()).toEqual(current);
  });

  it('saves one of many that start from the same revision, by REST and by socket', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        if (index % 2 === 0) return (await put(1, `Title ${index}`)).status === 200;
        const change = { documentId: document.id, revision: 1, title: `Title ${index}` };
        return (await socket.emitAck('document:update', change)).ok;
      }),
    );
    expect(attempts.filter(Boolean)).toHaveLength(1);
    expect(await read()).toMatchObject({ revision: 2, title: `Title ${attempts.indexOf(true)}` });
  });

  it.each([
    ['no field to change', {}],
    ['an empty title', { title: ' ' }],
    ['a title of two lines', { title: 'a\nb' }],
    ['a title too long', { title: 'x'.repeat(201) }],
    ['NUL in the text', { text: 'a\0b' }],
    ['half a character', { abstract: '\ud800' }],
    ['a number for a text', { text: 1 }],
    ['null for a title', { title: null }],
    ['a field that is not its own', { title: 'x', slug: 'mine' }],
    ['a revision as text', { title: 'x', revision: '1' }],
    ['revision 0', { title: 'x', revision: 0 }],
    ['over 64 KB', { text: 'x'.repeat(64 * 1024) }],
  ])('with %s is refused and changes nothing', async (_, change) => {
    const ack = await socket.emitRaw('document:update', { documentId: document.id, revision: 1, ...change });
    expect(ack).toEqual(refused('INVALID_PAYLOAD'));
    expect(await read()).toEqual(document);
  });

  it('needs the rights that PUT needs, also when they change', async () => {
    const change = { documentId: document.id, revision: 1, title: 'Mine now' };
    const viewer = await server.person({ [workspaceId]: 'viewer' });
    const outsider = await server.person({ [await server.workspace()]: 'owner' });
    const watching = await server.socket(viewer.session);
    expect(await watching.emitAck('document:update', change)).toEqual(refused('FORBIDDEN'));
    const outside = await server.socket(outsider.session);
    const secret = await outside.emitAck('document:update', change);
    const missing = await outside.emitAck('document:update', { ...change, documentId: 'nothing' });
    expect(secret).toEqual(refused('NOT_FOUND'));
    expect(missing).toEqual(secret);
    expect(await read()).toEqual(document);

    const owner = await server.person({ [workspaceId]: 'owner' });
    const path = `/api/workspaces/${workspaceId}/members/${viewer.id}`;
    expect((await owner.api('PATCH', path, { json: { role: 'editor' } })).status).toBeLessThan(300);
    await watching.next('membership:changed', ({ role }) => role === 'editor');
    await watching.ask('document:update', change);
    expect((await read()).updatedBy.id).toBe(viewer.id);
    expect((await owner.api('DELETE', path)).status).toBe(204);
    await watching.next('membership:changed', ({ role }) => role === null);
    const gone = await watching.emitAck('document:update', { ...change, revision: 2 });
    expect(gone).toEqual(refused('NOT_FOUND'));
  });

  it('of a document that is deleted is refused as one that is not there', async () => {
    await fry.api('DELETE', `/api/documents/${document.id}`);
    const ack = await socket.emitAck('document:update', { documentId: document.id, revision: 1, text: 'x' });
    expect(ack).toEqual(refused('NOT_FOUND'));
  });
});
