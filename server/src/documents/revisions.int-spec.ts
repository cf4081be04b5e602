import {
  type Document,
  documentSchema,
  type Revision,
  revisionListSchema,
  revisionSchema,
} from '@doclight/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureBytes } from '../testing/pictures.js';
import { engines } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';

describe.each(engines)('a revision on %s', (engine) => {
  let server: TestServer;
  let workspaceId: string;
  let leela: TestPerson;
  let fry: TestPerson;

  beforeAll(async () => {
    server = await TestServer.start(engine);
    workspaceId = await server.demoWorkspace();
    [leela, fry] = [await server.demo('leela'), await server.demo('fry')];
  });
  afterAll(() => server.close());

  const ifMatch = (revision: number) => ({ 'if-match': `"${revision}"` });
  const restore = (person: TestPerson, id: string, revision: number | string, from: number) =>
    person.api('POST', `/api/documents/${id}/revisions/${revision}/restore`, { headers: ifMatch(from) });
  const revisionOf = async (id: string, revision: number): Promise<Revision> =>
    revisionSchema.parse((await fry.api('GET', `/api/documents/${id}/revisions/${revision}`)).json());

  /** Revision 1 with words, 2 with an image too, 3 with other words and no image (4). */
  async function written(): Promise<{ first: Document; illustrated: Document; id: string }> {
    const first = await server.document(fry, workspaceId, 'As it was');
    const { id } = first;
    const illustrated = (
      await fry.api('PUT', `/api/documents/${id}/image`, {
        body: await pictureBytes('gif'),
        headers: { ...ifMatch(1), 'content-type': 'image/gif' },
      })
    ).json<Document>();
    await leela.api('PUT', `/api/documents/${id}`, {
      json: { title: 'As it is', abstract: 'New', text: 'Other words' },
      headers: ifMatch(2),
    });
    await leela.api('DELETE', `/api/documents/${id}/image`, { headers: ifMatch(3) });
    return { first, illustrated, id };
  }

  it('is restored as one new revision, words and image together', async () => {
    const { first, illustrated, id } = await written();
    const answer = await restore(leela, id, 2, 4);
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"5"']);
    const restored = documentSchema.parse(answer.json());
    const { title, abstract, text } = first;
    expect(restored).toMatchObject({ title, abstract, text, revision: 5, updatedBy: { id: leela.id } });
    expect(restored.imageUrl).toBe(illustrated.imageUrl);
    expect(restored.imageUrl).not.toBeNull();
    expect((await fry.api('GET', `/api/documents/${id}`)).json()).toEqual(restored);
    expect(await revisionOf(id, 5)).toMatchObject({
      title,
      text,
      imageUrl: restored.imageUrl,
      restoredFrom: 2,
      author: { id: leela.id },
      savedAt: restored.updatedAt,
    });
    const { revisions } = revisionListSchema.parse(
      (await fry.api('GET', `/api/documents/${id}/revisions`)).json(),
    );
    expect(revisions.map(({ revision, restoredFrom }) => [revision, restoredFrom])).toEqual([
      [5, 2],
      [4, null],
      [3, null],
      [2, null],
      [1, null],
    ]);
    // What it was restored over is still there, and can be brought back the same way.
    expect(await revisionOf(id, 4)).toMatchObject({ title: 'As it is', imageUrl: null });
    expect((await restore(fry, id, 4, 5)).json()).toMatchObject({ title: 'As it is', imageUrl: null });
  });

  it('is told to everybody as any save is', async () => {
    const { id } = await written();
    const bender = await server.demo('bender');
    const socket = await server.socket(bender.session);
    const saved = socket.next('document:saved', (event) => event.documentId === id);
    await restore(fry, id, 1, 4);
    expect(await saved).toMatchObject({ revision: 5, title: 'As it was', savedBy: { id: fry.id } });
  });

  it('is not restored over a newer one, nor where there is none', async () => {
    const { id } = await written();
    const before = (await fry.api('GET', `/api/documents/${id}`)).json<Document>();
    const stale = await restore(fry, id, 1, 3);
    expect([stale.status, stale.problem().code]).toEqual([412, 'REVISION_CONFLICT']);
    expect(stale.problem().current).toEqual(before);
    const unconditional = await fry.api('POST', `/api/documents/${id}/revisions/1/restore`);
    expect([unconditional.status, unconditional.problem().code]).toEqual([428, 'REVISION_REQUIRED']);
    for (const wrong of [0, 5, -1, 'x', '99999999999', '%00']) {
      const answer = await restore(fry, id, wrong, 4);
      expect([answer.status, answer.problem().code]).toEqual([404, 'NOT_FOUND']);
    }
    expect((await fry.api('GET', `/api/documents/${id}`)).json()).toEqual(before);
  });

  it('wins alone where several people restore or save at once', async () => {
    const { id } = await written();
    const answers = await Promise.all([
      restore(fry, id, 1, 4),
      restore(leela, id, 2, 4),
      restore(leela, id, 3, 4),
      fry.api('PUT', `/api/documents/${id}`, {
        json: { title: 'Mine', abstract: '', text: '' },
        headers: ifMatch(4),
      }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    const current = (await fry.api('GET', `/api/documents/${id}`)).json<Document>();
    const { title, text, imageUrl } = await revisionOf(id, 5);
    expect({ title, text, imageUrl }).toEqual({
      title: current.title,
      text: current.text,
      imageUrl: current.imageUrl,
    });
  });
});
