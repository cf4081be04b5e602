import type { Document } from '@doclight/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const images = {
  'image/png': bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR rest \0\xff'),
  'image/jpeg': bytes('\xff\xd8\xff\xe0 rest'),
  'image/gif': bytes('GIF89a rest'),
  'image/webp': bytes('RIFF\x24\0\0\0WEBPVP8 rest'),
} as const;
const LIMIT = 10_000;

describe.each(engines)('images on %s', (engine) => {
  let server: TestServer;
  let workspaceId: string;
  let fry: TestPerson;
  let outsider: TestPerson;

  beforeAll(async () => {
    server = await TestServer.start(engine, { environment: { LIMIT_IMAGE_BYTES: String(LIMIT) } });
    workspaceId = await server.demoWorkspace();
    fry = await server.demo('fry');
    outsider = await server.person({ [await server.workspace()]: 'owner' });
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

  it.each(Object.entries(images))('takes and gives %s, as a save', async (type, image) => {
    const { id } = await server.document(fry, workspaceId);
    const answer = await put(id, 1, image, type);
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"2"']);
    const document = answer.json<Document>();
    expect(document.revision).toBe(2);
    const response = await fetch(`${server.url}${document.imageUrl}`, {
      headers: { cookie: `doclight_session=${fry.session}` },
    });
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toContain('private');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(image);
    const removed = await fry.api('DELETE', `/api/documents/${id}/image`, { headers: { 'if-match': '"2"' } });
    expect(removed.json<Document>()).toMatchObject({ imageUrl: null, revision: 3 });
  });

  it('goes by what the bytes are, not by what they claim', async () => {
    const { id } = await server.document(fry, workspaceId);
    const { imageUrl } = (await put(id, 1, images['image/gif'], 'image/png')).json<Document>();
    const image = await fry.api('GET', String(imageUrl));
    expect(image.headers.get('content-type')).toBe('image/gif');
  });

  it.each([
    ['a page', bytes('<html><script>alert(1)</script>'), 'image/png', 422, 'INVALID_IMAGE'],
    ['nothing', bytes(''), 'image/png', 422, 'INVALID_IMAGE'],
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
        for (let index = 0; index < 20; index += 1) controller.enqueue(new Uint8Array(1_000).fill(0x47));
        controller.close();
      },
    });
    const answer = await put(id, 1, endless, 'image/gif');
    expect([answer.status, answer.problem().code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('takes as much as is allowed', async () => {
    const { id } = await server.document(fry, workspaceId);
    const image = new Uint8Array(LIMIT);
    image.set(images['image/gif']);
    expect((await put(id, 1, image, 'image/gif')).status).toBe(200);
  });

  it('wants the revision, and tells of a conflict', async () => {
    const { id } = await server.document(fry, workspaceId);
    const missing = await fry.api('PUT', `/api/documents/${id}/image`, {
      body: images['image/png'],
      headers: { 'content-type': 'image/png' },
    });
    expect([missing.status, missing.problem().code]).toEqual([428, 'REVISION_REQUIRED']);
    const late = await put(id, 7, images['image/png']);
    expect([late.status, late.problem().code]).toEqual([412, 'REVISION_CONFLICT']);
    expect(late.problem().current).toMatchObject({ id, revision: 1, imageUrl: null });
    const removal = await fry.api('DELETE', `/api/documents/${id}/image`, { headers: { 'if-match': '"7"' } });
    expect(removal.status).toBe(412);
  });

  it('gives an image to members alone', async () => {
    const { id } = await server.document(fry, workspaceId);
    const { imageUrl } = (await put(id, 1, images['image/png'])).json<Document>();
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
