import { schema } from '@doclight/db';
import {
  type Document,
  type DocumentList,
  documentListSchema,
  documentSchema,
  revisionListSchema,
  revisionSchema,
} from '@doclight/protocol';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';

describe.each(engines)('documents on %s', (engine) => {
  let server: TestServer;
  let workspaceId: string;
  let leela: TestPerson;
  let fry: TestPerson;
  let bender: TestPerson;
  let outsider: TestPerson;

  beforeAll(async () => {
    server = await TestServer.start(engine);
    workspaceId = await server.demoWorkspace();
    [leela, fry, bender] = [
      await server.demo('leela'),
      await server.demo('fry'),
      await server.demo('bender'),
    ];
    outsider = await server.person({ [await server.workspace()]: 'owner' });
  });
  afterAll(() => server.close());

  const content = { title: 'Saved', abstract: 'New abstract', text: 'New text' };
  const ifMatch = (revision: number | string) => ({ 'if-match': `"${revision}"` });

  describe('a document', () => {
    it('is made, read by id and by slug, and fits its schema', async () => {
      const answer = await fry.api('POST', `/api/workspaces/${workspaceId}/documents`, {
        json: { title: 'Crème brûlée: a guide' },
      });
      expect(answer.status).toBe(201);
      const made = documentSchema.parse(answer.json());
      expect(made).toMatchObject({
        title: 'Crème brûlée: a guide',
        abstract: '',
        text: '',
        imageUrl: null,
        revision: 1,
        workspaceId,
        author: { id: fry.id, name: 'Fry', color: fry.color },
        updatedBy: { id: fry.id },
      });
      expect(made.slug).toMatch(/^creme-brulee-a-guide-[a-z0-9]{6}$/);
      expect(answer.headers.get('etag')).toBe('"1"');
      expect(answer.headers.get('location')).toBe(`/api/documents/${made.id}`);
      for (const key of [made.id, made.slug]) {
        const read = await bender.api('GET', `/api/documents/${key}`);
        expect([read.status, read.headers.get('etag'), read.json()]).toEqual([200, '"1"', made]);
      }
    });

    it('is saved over the revision that was read, byte for byte, and keeps its slug', async () => {
      const document = await server.document(fry, workspaceId);
      const exact = { title: '  Ti\ttle  ', abstract: '\r\n ', text: '# Ü 🚀\r\n\r\n\ttrailing  \n\n\u2028' };
      const answer = await leela.api('PUT', `/api/documents/${document.slug}`, {
        json: exact,
        headers: ifMatch(1),
      });
      expect(answer.status).toBe(200);
      const saved = documentSchema.parse(answer.json());
      expect(saved).toMatchObject({ ...exact, revision: 2, slug: document.slug, id: document.id });
      expect([saved.author.id, saved.updatedBy.id]).toEqual([fry.id, leela.id]);
      expect(saved.updatedAt >= document.updatedAt).toBe(true);
      expect(answer.headers.get('etag')).toBe('"2"');
      const weak = await fry.api('PUT', `/api/documents/${document.id}`, {
        json: exact,
        headers: { 'if-match': 'W/"2"' },
      });
      expect([weak.status, weak.json<Document>().revision]).toEqual([200, 3]);
    });

    it('is not saved over another revision: the answer holds what there is', async () => {
      const document = await server.document(fry, workspaceId);
      await fry.api('PUT', `/api/documents/${document.id}`, { json: content, headers: ifMatch(1) });
      const current = (await fry.api('GET', `/api/documents/${document.id}`)).json<Document>();
      for (const revision of [1, 3, 0, 'x', '99999999999999999999']) {
        const late = await leela.api('PUT', `/api/documents/${document.id}`, {
          json: { ...content, title: 'Late' },
          headers: ifMatch(revision),
        });
        expect(late.status).toBe(412);
        expect(late.headers.get('content-type')).toContain('application/problem+json');
        expect(late.problem()).toMatchObject({ code: 'REVISION_CONFLICT', status: 412, current });
      }
      expect((await fry.api('GET', `/api/documents/${document.id}`)).json()).toEqual(current);
    });

    it.each([undefined, '*', '', '3', 'W/3', '"1", *'])('is not saved with If-Match %s', async (header) => {
      const document = await server.document(fry, workspaceId);
      const answer = await fry.api('PUT', `/api/documents/${document.id}`, {
        json: content,
        headers: header === undefined ? {} : { 'if-match': header },
      });
      expect([answer.status, answer.problem().code]).toEqual([428, 'REVISION_REQUIRED']);
      expect((await fry.api('GET', `/api/documents/${document.id}`)).json()).toEqual(document);
    });

    it('is saved by one of many who save at once', async () => {
      const document = await server.document(fry, workspaceId);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          (index % 2 ? fry : leela).api('PUT', `/api/documents/${document.id}`, {
            json: { ...content, text: `version ${index}` },
            headers: ifMatch(1),
          }),
        ),
      );
      const saved = answers.filter(({ status }) => status === 200);
      const refused = answers.filter(({ status }) => status === 412);
      expect([saved.length, refused.length]).toEqual([1, 7]);
      const winner = saved[0]?.json<Document>();
      for (const { problem } of refused) expect(problem()).toMatchObject({ current: winner });
    });

    it('is deleted by an owner or its author, and then is not there', async () => {
      for (const [author, remover] of [
        [fry, fry],
        [fry, leela],
      ] as const) {
        const { id } = await server.document(author, workspaceId);
        const answer = await remover.api('DELETE', `/api/documents/${id}`);
        expect([answer.status, answer.text]).toEqual([204, '']);
        for (const [method, path, request] of [
          ['GET', '', {}],
          ['PUT', '', { json: content, headers: ifMatch(1) }],
          ['DELETE', '', {}],
          ['GET', '/revisions', {}],
        ] as const) {
          const gone = await leela.api(method, `/api/documents/${id}${path}`, request);
          expect([gone.status, gone.problem().code]).toEqual([404, 'NOT_FOUND']);
        }
      }
      const leelas = await server.document(leela, workspaceId);
      expect((await fry.api('DELETE', `/api/documents/${leelas.id}`)).problem().code).toBe('FORBIDDEN');
      expect((await fry.api('GET', `/api/documents/${leelas.id}`)).status).toBe(200);
    });

    it('has its revisions, newest first, over pages, each whole', async () => {
      const document = await server.document(fry, workspaceId, 'One');
      for (const revision of [1, 2, 3, 4]) {
        await (revision % 2 ? leela : fry).api('PUT', `/api/documents/${document.id}`, {
          json: { title: `Title ${revision + 1}`, abstract: '', text: `Text ${revision + 1}` },
          headers: ifMatch(revision),
        });
      }
      const seen: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const path: string = `/api/documents/${document.slug}/revisions?limit=2${cursor && `&cursor=${cursor}`}`;
        const page = revisionListSchema.parse((await bender.api('GET', path)).json());
        seen.push(...page.revisions.map(({ revision }) => revision));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual([5, 4, 3, 2, 1]);
      const first = revisionSchema.parse(
        (await bender.api('GET', `/api/documents/${document.id}/revisions/1`)).json(),
      );
      expect(first).toMatchObject({ revision: 1, title: 'One', text: 'A text', author: { id: fry.id } });
      const second = (await bender.api('GET', `/api/documents/${document.id}/revisions/2`)).json();
      expect(second).toMatchObject({ title: 'Title 2', text: 'Text 2', author: { id: leela.id } });
      for (const wrong of ['0', '6', '-1', '1.5', 'x', '99999999999', '%00']) {
        const answer = await bender.api('GET', `/api/documents/${document.id}/revisions/${wrong}`);
        expect([answer.status, answer.problem().code]).toEqual([404, 'NOT_FOUND']);
      }
      for (const wrong of ['0', '-1', 'x', '9'.repeat(400)]) {
        const answer = await bender.api('GET', `/api/documents/${document.id}/revisions?cursor=${wrong}`);
        expect([answer.status, answer.problem().code]).toEqual([400, 'INVALID_QUERY']);
      }
    });
  });

  describe('the list', () => {
    let place: string;
    let writer: TestPerson;
    const titles = [
      'alpha',
      'Beta',
      'beta',
      'BETA',
      'gamma',
      'Ärger',
      'zulu',
      '100% sure',
      'snake_case',
      'back\\slash',
    ];

    const all = async (parameters: string): Promise<Document[]> => {
      const found: Document[] = [];
      let cursor: string | null = null;
      do {
        const path = `/api/workspaces/${place}/documents?limit=3&${parameters}`;
        const answer = await writer.api('GET', cursor === null ? path : `${path}&cursor=${cursor}`);
        expect(answer.status, answer.text).toBe(200);
        const page: DocumentList = documentListSchema.parse(answer.json());
        expect(page.documents.length).toBeLessThanOrEqual(3);
        found.push(...(page.documents as Document[]));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return found;
    };
    const titlesOf = async (query: string) =>
      (await all(`sort=title&query=${encodeURIComponent(query)}`)).map(({ title }) => title);

    beforeAll(async () => {
      place = await server.workspace();
      writer = await server.person({ [place]: 'editor' }, 'Kif Kroker');
      for (const title of titles) await server.document(writer, place, title);
      // Several that changed in the same millisecond.
      await server.db
        .update(schema.workspaces)
        .set({ name: 'The list' })
        .where(eq(schema.workspaces.id, place));
      await server.db.insert(schema.documents).values(
        ['same 1', 'same 2', 'same 3', 'same 4', 'same 5'].map((title) => ({
          title,
          workspaceId: place,
          authorId: writer.id,
        })),
      );
    });

    it('has everything exactly once over its pages, newest change first', async () => {
      const found = await all('');
      expect(found).toHaveLength(15);
      expect(new Set(found.map(({ id }) => id)).size).toBe(15);
      const times = found.map(({ updatedAt }) => updatedAt);
      expect(times).toEqual([...times].sort().reverse());
      expect(found[0]).not.toHaveProperty('text');
    });

    it('has everything exactly once over its pages, in the order of titles that browsers know', async () => {
      const found = await all('sort=title');
      expect(new Set(found.map(({ id }) => id)).size).toBe(15);
      const shelf = await server.workspace();
      const { api, id: authorId } = await server.person({ [shelf]: 'viewer' });
      const jumble = [
        'Zebra',
        'Éclair',
        'eclair',
        'Eclipse',
        'Über',
        'a-b',
        'ab',
        'a b',
        '_x',
        '10',
        '2',
        '中文',
      ]
        .concat([
          'Ωmega',
          'ß',
          'ss',
          'Apfel',
          'apfel',
          '😀',
          '(x)',
          '#1',
          'Ähre',
          'İstanbul',
          'ǅungla',
          "d'or",
        ])
        .map((title) => ({ title, workspaceId: shelf, authorId }));
      await server.db.insert(schema.documents).values(jumble);
      const answer = await api('GET', `/api/workspaces/${shelf}/documents?sort=title&limit=100`);
      const order = answer.json<DocumentList>().documents.map(({ title }) => title);
      const { compare } = new Intl.Collator('en');
      expect(order).toEqual(jumble.map(({ title }) => title).sort(compare));
    });

    it('stays whole where something is made while one pages', async () => {
      const before = await all('sort=title');
      const first = (
        await writer.api('GET', `/api/workspaces/${place}/documents?sort=title&limit=5`)
      ).json<DocumentList>();
      const made = await server.document(writer, place, '  a first one');
      const rest = (
        await writer.api(
          'GET',
          `/api/workspaces/${place}/documents?sort=title&limit=100&cursor=${first.nextCursor}`,
        )
      ).json<DocumentList>();
      expect([...first.documents, ...rest.documents].map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      await writer.api('DELETE', `/api/documents/${made.id}`);
    });

    it.each([
      ['beta', ['BETA', 'Beta', 'beta']],
      ['BETA', ['BETA', 'Beta', 'beta']],
      ['%', ['100% sure']],
      ['_', ['snake_case']],
      ['\\', ['back\\slash']],
      ['100% sure', ['100% sure']],
      ['sure 100%', ['100% sure']],
      ['  gam   ', ['gamma']],
      ['ärger', ['Ärger']],
      ['ÄRGER', ['Ärger']],
      ['%%', []],
      ["'; drop table documents; --", []],
      ['gamma alpha', []],
    ])('finds %j', async (query, expected) => {
      expect((await titlesOf(query)).sort()).toEqual([...expected].sort());
    });

    it.each(['ΟΔΟΣ', 'İstanbul', 'Straße', 'ǅungla', 'Ｆｕｌｌ'])(
      'finds %s by its own name',
      async (title) => {
        const cabinet = await server.workspace();
        const { api, ...person } = await server.person({ [cabinet]: 'editor' });
        const { id } = await server.document({ ...person, api }, cabinet, title);
        const answer = await api(
          'GET',
          `/api/workspaces/${cabinet}/documents?query=${encodeURIComponent(title)}`,
        );
        expect(answer.json<DocumentList>().documents.map((document) => document.id)).toEqual([id]);
      },
    );

    it('finds by author, abstract and text, in this workspace alone', async () => {
      expect(await titlesOf('kroker')).toHaveLength(15);
      expect(await titlesOf('kif gamma')).toEqual(['gamma']);
      expect(await titlesOf('abstract')).toHaveLength(10);
      expect(await titlesOf('Doclight')).toEqual([]);
    });

    it.each([
      ['limit=0', 'limit'],
      ['limit=101', 'limit'],
      ['limit=x', 'limit'],
      ['limit=1.5', 'limit'],
      ['sort=random', 'sort'],
      ['query=%00', 'query'],
      ['query=a&query=b', 'query'],
      [`query=${'x'.repeat(201)}`, 'query'],
      ['cursor=x', 'cursor'],
      [`cursor=${'x'.repeat(2_000)}`, 'cursor'],
      [`cursor=${Buffer.from('{"sort":"changed","key":"1","id":"x"}').toString('base64url')}`, 'cursor'],
      [
        `cursor=${Buffer.from('{"sort":"changed","key":"\\u0000","id":"x"}').toString('base64url')}`,
        'cursor',
      ],
    ])('refuses %s', async (parameters, path) => {
      const answer = await writer.api('GET', `/api/workspaces/${place}/documents?${parameters}`);
      expect([answer.status, answer.problem().code]).toEqual([400, 'INVALID_QUERY']);
      expect(answer.problem().errors?.map((error) => error.path)).toEqual([path]);
    });

    it('refuses the cursor of another sort', async () => {
      const page = (
        await writer.api('GET', `/api/workspaces/${place}/documents?limit=1`)
      ).json<DocumentList>();
      const answer = await writer.api(
        'GET',
        `/api/workspaces/${place}/documents?sort=title&cursor=${page.nextCursor}`,
      );
      expect(answer.problem().code).toBe('INVALID_QUERY');
    });
  });

  describe('bad bodies', () => {
    const bad: [string, unknown, string][] = [
      ['an empty title', { title: '   ' }, 'title'],
      ['no title', {}, 'title'],
      ['a title of two lines', { title: 'a\nb' }, 'title'],
      ['a long title', { title: 'x'.repeat(201) }, 'title'],
      ['a title that is a number', { title: 1 }, 'title'],
      ['NUL in the title', { title: 'a\0b' }, 'title'],
      ['NUL in the text', { title: 'a', text: '\0' }, 'text'],
      ['half a surrogate pair', { title: 'a', abstract: 'x\ud800y' }, 'abstract'],
      ['a long abstract', { title: 'a', abstract: 'x'.repeat(20_001) }, 'abstract'],
      ['null', null, ''],
      ['a list', [], ''],
      ['a key too many', { title: 'a', author: 'me' }, 'author'],
    ];
    it.each(bad)('with %s are refused, and nothing is made', async (_, json, path) => {
      const count = async () =>
        (await server.db.select({ id: schema.documents.id }).from(schema.documents)).length;
      const before = await count();
      const answer = await fry.api('POST', `/api/workspaces/${workspaceId}/documents`, { json });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.problem().code).toBe('INVALID_BODY');
      expect(answer.problem().errors?.map((error) => error.path)).toContain(path);
      expect(await count()).toBe(before);
    });

    it.each([
      ['cut JSON', '{"title":', 400, 'INVALID_BODY', 'application/json'],
      ['a string alone', '"just text"', 400, 'INVALID_BODY', 'application/json'],
      ['nothing', '', 400, 'INVALID_BODY', 'application/json'],
      ['a form', 'title=a', 400, 'INVALID_BODY', 'application/x-www-form-urlencoded'],
      ['JSON that says it is text', '{"title":"a"}', 400, 'INVALID_BODY', 'text/plain'],
      ['an unknown charset', '{"title":"a"}', 415, 'UNSUPPORTED_MEDIA_TYPE', 'application/json; charset=x'],
      ['too much', `"${'x'.repeat(4_300_000)}"`, 413, 'PAYLOAD_TOO_LARGE', 'application/json'],
    ])('of %s are refused', async (_, body, status, code, type) => {
      const answer = await fry.api('POST', `/api/workspaces/${workspaceId}/documents`, {
        body,
        headers: { 'content-type': type },
      });
      expect([answer.status, answer.problem().code, answer.problem().status]).toEqual([status, code, status]);
    });

    it.each(['__proto__', 'constructor', 'prototype'])('with the key %s pollute nothing', async (key) => {
      const answer = await fry.api('POST', `/api/workspaces/${workspaceId}/documents`, {
        body: `{"title":"a","${key}":{"text":"polluted","prototype":{"text":"polluted"}}}`,
        headers: { 'content-type': 'application/json' },
      });
      if (answer.status === 201) expect(answer.json()).toMatchObject({ title: 'a', text: '' });
      else expect(answer.problem().code).toBe('INVALID_BODY');
      expect(Object.hasOwn(Object.prototype, 'text')).toBe(false);
    });

    it('that save are refused where one of the three is missing', async () => {
      const document = await server.document(fry, workspaceId);
      const answer = await fry.api('PUT', `/api/documents/${document.id}`, {
        json: { title: 'a' },
        headers: ifMatch(1),
      });
      expect(answer.problem().errors?.map(({ path }) => path)).toEqual(['abstract', 'text']);
    });
  });

  describe('rights', () => {
    const routesOf = (id: string): [string, string, object][] => [
      ['GET', `/api/workspaces/${workspaceId}/documents`, {}],
      ['POST', `/api/workspaces/${workspaceId}/documents`, { json: { title: 'Mine' } }],
      ['GET', `/api/workspaces/${workspaceId}/events`, {}],
      ['GET', `/api/documents/${id}`, {}],
      ['PUT', `/api/documents/${id}`, { json: content, headers: ifMatch(1) }],
      ['DELETE', `/api/documents/${id}`, {}],
      ['GET', `/api/documents/${id}/revisions`, {}],
      ['GET', `/api/documents/${id}/revisions/1`, {}],
      [
        'PUT',
        `/api/documents/${id}/image`,
        { body: 'GIF89a', headers: { ...ifMatch(1), 'content-type': 'image/gif' } },
      ],
      ['DELETE', `/api/documents/${id}/image`, { headers: ifMatch(1) }],
      ['POST', `/api/documents/${id}/revisions/1/restore`, { headers: ifMatch(1) }],
    ];

    it('are needed: signed out 401, outsiders 404 as for what is not there', async () => {
      const document = await server.document(fry, workspaceId);
      const absent = routesOf('00000000-0000-4000-8000-000000000000');
      for (const [position, [method, path, request]] of routesOf(document.id).entries()) {
        const anonymous = await server.api()(method, path, request);
        expect([path, anonymous.status, anonymous.problem().code]).toEqual([path, 401, 'UNAUTHENTICATED']);
        const foreign = await outsider.api(method, path, request);
        expect([path, foreign.status, foreign.problem().code]).toEqual([path, 404, 'NOT_FOUND']);
        const [, absentPath = '', absentRequest] = absent[position] ?? [];
        const nothing = await outsider.api(method, absentPath, absentRequest);
        expect(foreign.text, path).toBe(nothing.text);
      }
      expect((await fry.api('GET', `/api/documents/${document.id}`)).json()).toEqual(document);
    });

    it('of a viewer end where changing begins', async () => {
      const document = await server.document(fry, workspaceId);
      for (const [method, path, request] of routesOf(document.id)) {
        const answer = await bender.api(method, path, request);
        if (method === 'GET') expect([path, answer.status]).toEqual([path, 200]);
        else expect([path, answer.status, answer.problem().code]).toEqual([path, 403, 'FORBIDDEN']);
      }
      expect((await fry.api('GET', `/api/documents/${document.id}`)).json()).toEqual(document);
    });

    it('come before the revision that a save must name', async () => {
      const document = await server.document(fry, workspaceId);
      for (const [method, path, request] of routesOf(document.id)) {
        if (!('headers' in request)) continue;
        const bare = { ...request, headers: path.endsWith('/image') ? { 'content-type': 'image/gif' } : {} };
        const outside = await outsider.api(method, path, bare);
        expect([path, outside.status, outside.problem().code]).toEqual([path, 404, 'NOT_FOUND']);
        const viewer = await bender.api(method, path, bare);
        expect([path, viewer.status, viewer.problem().code]).toEqual([path, 403, 'FORBIDDEN']);
        const editor = await fry.api(method, path, bare);
        expect([path, editor.status, editor.problem().code]).toEqual([path, 428, 'REVISION_REQUIRED']);
      }
    });

    it('do not help from a foreign origin', async () => {
      const document = await server.document(fry, workspaceId);
      for (const [method, path, request] of routesOf(document.id)) {
        if (method === 'GET') continue;
        for (const origin of [null, 'null', 'http://evil.example', server.url.replace('http:', 'https:')]) {
          const answer = await leela.api(method, path, { ...request, origin });
          expect([path, answer.status, answer.problem().code]).toEqual([path, 403, 'FORBIDDEN_ORIGIN']);
        }
      }
      expect((await fry.api('GET', `/api/documents/${document.id}`)).json()).toEqual(document);
    });
  });

  it.each([
    '%00',
    'a%00b',
    '%ff',
    '%E0%A4%A',
    '%2e%2e%2f',
    'x'.repeat(300),
    '__proto__',
    'constructor',
    '%F0%9F%9A%80',
  ])('has nothing at the strange address %s', async (part) => {
    for (const path of [
      `/api/documents/${part}`,
      `/api/documents/${part}/revisions`,
      `/api/workspaces/${part}/documents`,
      `/api/workspaces/${part}/members`,
      `/api/workspaces/${part}/events`,
      `/api/images/${part}`,
      `/api/${part}`,
    ]) {
      const answer = await leela.api('GET', path);
      expect([path, answer.status, answer.problem().code]).toEqual([path, 404, 'NOT_FOUND']);
    }
  });
});
