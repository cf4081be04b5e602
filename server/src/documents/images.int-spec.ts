import { schema } from '@doclight/db';
import type { Document, DocumentList } from '@doclight/protocol';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { formats, photograph, pictureBytes, SECRET } from '../testing/pictures.js';
import { engines } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const LIMIT = 20_000;
const WIDE = 1_200;

describe.each(engines)('images on %s', (engine) => {
  let server: TestServer;
  let workspaceId: string;
  let fry: TestPerson;
  let outsider: TestPerson;
  let png: Uint8Array;

  beforeAll(async () => {
    server = await TestServer.start(engine, { environment: { LIMIT_IMAGE_BYTES: String(LIMIT) } });
    workspaceId = await server.demoWorkspace();
    fry = await server.demo('fry');
    outsider = await server.person({ [await server.workspace()]: 'owner' });
    png = await pictureBytes('png');
  });
  afterAll(() => server.close());

  const put = (
    id: string,
    revision: number,
    body: Uint8Array | ReadableStream<Uint8Array>,
    type: string = 'image/png',
  ) =>
    fry.api('PUT', `/api/documents/${id}/image`, {
      body,
      headers: { 'content-type': type, 'if-match': `"${revision}"` },
    });

  const get = async (url: string | null | undefined) => {
    const headers = { cookie: `doclight_session=${fry.session}` };
    const response = await fetch(`${server.url}${url}`, { headers });
    return { response, body: new Uint8Array(await response.arrayBuffer()) };
  };

  it.each(formats)('takes and gives %s, as a save', async (format) => {
    const { id } = await server.document(fry, workspaceId);
    const answer = await put(id, 1, await pictureBytes(format), `image/${format}`);
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"2"']);
    const document = answer.json<Document>();
    expect(document.revision).toBe(2);
    const { response, body } = await get(document.imageUrl);
    expect(response.headers.get('content-type')).toBe(`image/${format}`);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(await sharp(body).metadata()).toMatchObject({ format, width: 60, height: 40 });
    const removed = await fry.api('DELETE', `/api/documents/${id}/image`, { headers: { 'if-match': '"2"' } });
    expect(removed.json<Document>()).toMatchObject({ imageUrl: null, thumbnails: [], revision: 3 });
  });

  it('gives no photograph with the place where it was taken, nor on its side', async () => {
    const { id } = await server.document(fry, workspaceId);
    const { imageUrl } = (await put(id, 1, await photograph(), 'image/jpeg')).json<Document>();
    const { body } = await get(imageUrl);
    expect(Buffer.from(body).includes(SECRET)).toBe(false);
    const { exif, width, height } = await sharp(body).metadata();
    expect([exif, width, height]).toEqual([undefined, 40, 60]);
  });

  it('makes them in small, and tells everybody who is connected', async () => {
    const { id } = await server.document(fry, workspaceId);
    const socket = await server.socket(await server.login('bender@doclight.test'));
    const foreign = await server.socket(outsider.session);
    const { imageUrl } = (await put(id, 1, await pictureBytes('png', WIDE, 600))).json<Document>();
    const made = await socket.next('thumbnails:made', ({ documentId }) => documentId === id);
    const thumbnails = [480, 960].map((width) => ({ url: `${imageUrl}/thumbnails/${width}`, width }));
    expect(made).toEqual({ documentId: id, workspaceId, imageUrl, thumbnails });
    expect((await fry.api('GET', `/api/documents/${id}`)).json()).toMatchObject({ revision: 2, thumbnails });
    const list = (await fry.api('GET', `/api/workspaces/${workspaceId}/documents`)).json<DocumentList>();
    expect(list.documents.find((document) => document.id === id)?.thumbnails).toEqual(thumbnails);
    for (const { url, width } of thumbnails) {
      const { response, body } = await get(url);
      expect(response.headers.get('content-type')).toBe('image/webp');
      expect(response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
      expect(await sharp(body).metadata()).toMatchObject({ width, height: width / 2 });
      const refused = await outsider.api('GET', url);
      expect([refused.status, refused.problem().code]).toEqual([404, 'NOT_FOUND']);
      expect((await server.api()('GET', url)).status).toBe(401);
    }
    for (const width of ['481', '0', '-480', '4e2', '999999999999', '480.0', 'x']) {
      expect((await fry.api('GET', `${imageUrl}/thumbnails/${width}`)).status, width).toBe(404);
    }
    expect(foreign.all('thumbnails:made')).toEqual([]);
    // A save leaves them, and history has them when it comes back.
    await fry.api('DELETE', `/api/documents/${id}/image`, { headers: { 'if-match': '"2"' } });
    expect((await get(thumbnails[0]?.url)).response.status).toBe(200);
    await fry.api('DELETE', `/api/documents/${id}`);
    expect((await get(thumbnails[0]?.url)).response.status).toBe(404);
  });

  it('makes them of what came by SQL as well, and tells the operator where it cannot', async () => {
    server.expectErrors(/a job is dead/);
    const { id } = await server.document(fry, workspaceId);
    const store = async (image: Uint8Array): Promise<string> => {
      const [row] = await server.db
        .insert(schema.images)
        .values({ documentId: id, contentType: 'image/gif', bytes: image })
        .returning({ id: schema.images.id });
      return row?.id ?? '';
    };
    const good = await store(await pictureBytes('gif'));
    const bad = await store(bytes('GIF89a rest'));
    await vi.waitFor(async () => {
      expect((await get(`/api/images/${good}/thumbnails/60`)).response.status).toBe(200);
      const [job] = await server.db.select().from(schema.jobs).where(eq(schema.jobs.key, bad));
      expect(job).toMatchObject({ kind: 'thumbnails.make', state: 'dead', attempts: 1 });
      expect(job?.lastError).toContain(`the image ${bad} cannot be read`);
    }, 10_000);
  });

  it('goes by what the bytes are, not by what they claim', async () => {
    const { id } = await server.document(fry, workspaceId);
    const { imageUrl } = (await put(id, 1, await pictureBytes('gif'), 'image/png')).json<Document>();
    const image = await fry.api('GET', String(imageUrl));
    expect(image.headers.get('content-type')).toBe('image/gif');
  });

  it.each([
    ['a page', bytes('<html><script>alert(1)</script>'), 'image/png', 422, 'INVALID_IMAGE'],
    ['nothing', bytes(''), 'image/png', 422, 'INVALID_IMAGE'],
    ['broken one', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR rest \0\xff'), 'image/png', 422, 'INVALID_IMAGE'],
    [
      'SVG',
      bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'image/svg+xml',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['JSON', bytes('{"a":1}'), 'application/json', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['too much', new Uint8Array(LIMIT + 1).fill(0x47), 'image/gif', 413, 'PAYLOAD_TOO_LARGE'],
  ])('takes no %s', async (_, body, type, status, code) => {
    const document = await server.document(fry, workspaceId);
    const answer = await put(document.id, 1, body, type);
    expect([answer.status, answer.problem().code]).toEqual([status, code]);
    expect((await fry.api('GET', `/api/documents/${document.id}`)).json()).toEqual(document);
  });

  it('answers where too much comes without a length announced', async () => {
    const { id } = await server.document(fry, workspaceId);
    const endless = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let index = 0; index < 2 * (LIMIT / 1_000); index += 1)
          controller.enqueue(new Uint8Array(1_000).fill(0x47));
        controller.close();
      },
    });
    const answer = await put(id, 1, endless, 'image/gif');
    expect([answer.status, answer.problem().code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('takes as much as is allowed', async () => {
    const { id } = await server.document(fry, workspaceId);
    const image = new Uint8Array(LIMIT);
    // What lies behind the end of a picture is taken, and not kept.
    image.set(await pictureBytes('gif'));
    expect((await put(id, 1, image, 'image/gif')).status).toBe(200);
  });

  it('wants the revision, and tells of a conflict', async () => {
    const { id } = await server.document(fry, workspaceId);
    const missing = await fry.api('PUT', `/api/documents/${id}/image`, {
      body: png,
      headers: { 'content-type': 'image/png' },
    });
    expect([missing.status, missing.problem().code]).toEqual([428, 'REVISION_REQUIRED']);
    const late = await put(id, 7, png);
    expect([late.status, late.problem().code]).toEqual([412, 'REVISION_CONFLICT']);
    expect(late.problem().current).toMatchObject({ id, revision: 1, imageUrl: null });
    const removal = await fry.api('DELETE', `/api/documents/${id}/image`, { headers: { 'if-match': '"7"' } });
    expect(removal.status).toBe(412);
  });

  it('gives an image to members alone', async () => {
    const { id } = await server.document(fry, workspaceId);
    const { imageUrl } = (await put(id, 1, png)).json<Document>();
    const bender = await server.demo('bender');
    expect((await bender.api('GET', String(imageUrl))).status).toBe(200);
    expect((await server.api()('GET', String(imageUrl))).problem().code).toBe('UNAUTHENTICATED');
    const foreign = await outsider.api('GET', String(imageUrl));
    const absent = await outsider.api('GET', '/api/images/nothing');
    expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
    await fry.api('DELETE', `/api/documents/${id}`);
    expect((await fry.api('GET', String(imageUrl))).status).toBe(404);
  });
});

describe('images on several gateways', () => {
  it('are made in small by one of them, and told of by each to its own', async () => {
    const first = await TestServer.start('postgres');
    const environment = { DATABASE_URL: first.databaseUrl ?? '' };
    const second = await TestServer.start('postgres', { environment, demo: false });
    try {
      const fry = await first.demo('fry');
      const workspaceId = await first.demoWorkspace();
      const sockets = [await first.socket(fry.session), await second.socket(fry.session)];
      for (let round = 1; round <= 5; round += 1) {
        const { id } = await first.document(fry, workspaceId);
        const body = await pictureBytes('jpeg');
        const headers = { 'content-type': 'image/jpeg', 'if-match': '"1"' };
        await fry.api('PUT', `/api/documents/${id}/image`, { body, headers });
        for (const socket of sockets) await socket.next('thumbnails:made', (made) => made.documentId === id);
      }
      for (const socket of sockets) expect(socket.all('thumbnails:made')).toHaveLength(5);
      expect(await first.db.$count(schema.thumbnails)).toBe(5);
    } finally {
      await second.close();
      await first.close();
    }
  });
});
