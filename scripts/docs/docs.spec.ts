import { clientEvents, routes, serverEvents } from '@doclight/protocol';
import { compileErrors, validate } from '@readme/openapi-parser';
import { expect, test } from 'vitest';
import { openApi } from './openapi.mjs';
import { socketEvents } from './socket-events.mjs';

/** The published document as a reader of it sees it. */
const published = JSON.parse(JSON.stringify(openApi('1.2.3')));

test('the OpenAPI document is a valid one', async () => {
  const result = await validate(structuredClone(published));
  expect(result.valid, result.valid ? '' : compileErrors(result)).toBe(true);
});

test('it has every route, with its status and an operation id of its own', () => {
  const ids = new Set<string>();
  for (const [name, route] of Object.entries(routes)) {
    const [method = '', path = ''] = name.split(' ');
    const operation = published.paths[path.replace(/:(\w+)/g, '{$1}')][method.toLowerCase()];
    expect(Object.keys(operation.responses)).toContain(String(route.status));
    ids.add(operation.operationId);
  }
  expect(ids.size).toBe(Object.keys(routes).length);
});

test('a save asks for If-Match, answers an ETag, and a conflict brings the current document', () => {
  const save = published.paths['/api/documents/{id}'].put;
  expect(save.parameters).toContainEqual(
    expect.objectContaining({ name: 'If-Match', in: 'header', required: true }),
  );
  expect(save.responses['200'].headers.ETag).toEqual({ $ref: '#/components/headers/ETag' });
  const conflict = save.responses['412'].content['application/problem+json'].schema;
  expect(conflict.allOf).toContainEqual({ $ref: '#/components/schemas/Problem' });
  expect(conflict.allOf[1].properties.current).toEqual({ $ref: '#/components/schemas/Document' });
});

test('signing in needs no session, reading a document does', () => {
  expect(published.paths['/api/auth/login'].post.security).toEqual([]);
  const read = published.paths['/api/documents/{id}'].get;
  expect(read.security).toEqual([{ session: [] }]);
  expect(Object.keys(read.responses)).toEqual(expect.arrayContaining(['401', '404']));
});

test('what has a default may be left out of a query', () => {
  const parameters = published.paths['/api/workspaces/{workspaceId}/documents'].get.parameters;
  const limit = parameters.find(({ name }: { name: string }) => name === 'limit');
  expect(limit).toMatchObject({ in: 'query', required: false, schema: { type: 'integer', default: 30 } });
});

test('the page of socket events has every event and every type that it links to', () => {
  const page = socketEvents();
  for (const name of [...Object.keys(clientEvents), ...Object.keys(serverEvents)]) {
    expect(page).toContain(`### \`${name}\`\n`);
  }
  const links = [...page.matchAll(/\]\(#(\w+)\)/g)].map(([, anchor]) => anchor);
  const headings = [...page.matchAll(/^### (\w+)$/gm)].map(([, heading]) => heading?.toLowerCase());
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((anchor) => !headings.includes(anchor))).toEqual([]);
});
