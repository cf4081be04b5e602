import {
  documentSchema,
  HTTP_STATUS_OF,
  healthSchema,
  problemSchema,
  routes,
  SESSION_COOKIE,
  userAnswerSchema,
} from '@doclight/protocol';
import { schemaWriter } from './json-schema.mjs';

/**
 * @typedef {import('@doclight/protocol').RouteDefinition} Route
 * @typedef {import('@doclight/protocol').HttpErrorCode} HttpErrorCode
 * @typedef {ReturnType<typeof schemaWriter>['write']} Write
 */

const TAGS = {
  accounts: 'Signing in and out, the first account, invitations.',
  workspaces: 'Members, roles, invitations, and the log of events.',
  documents: 'Documents, their revisions and images.',
  operations: 'Health and metrics.',
};

const ACCESS = {
  public: 'Anyone.',
  session: 'Anyone who is signed in.',
  viewer: 'Members of the workspace.',
  editor: 'Editors and owners of the workspace.',
  owner: 'Owners of the workspace.',
};

const PARAMETERS = {
  workspaceId: 'Id of a workspace.',
  userId: 'Id of a person.',
  invitationId: 'Id of an invitation.',
  token: 'The last part of an invitation link.',
  revision: 'Number of a revision, from 1.',
};

const INTRODUCTION = `The REST interface of Doclight. Live presence goes over Socket.IO: see socket-events.md.

Times are ISO 8601 in UTC, ids are opaque strings, \`abstract\` and \`text\` are Markdown. Errors are RFC 9457
problem documents with an extra \`code\`; nothing is changed where an error is answered. A changing request
needs an \`Origin\` that is allowed (PUBLIC_URL, or loopback). Something in a workspace that the caller does not
belong to is answered as if it did not exist.`;

/**
 * The OpenAPI document of every route.
 * @param {string} version of the product
 */
export function openApi(version) {
  const { write, named } = schemaWriter('#/components/schemas/');
  write(problemSchema);
  /** @type {Record<string, Record<string, unknown>>} */
  const paths = {};
  for (const [name, route] of Object.entries(/** @type {Readonly<Record<string, Route>>} */ (routes))) {
    const [method = '', path = ''] = name.split(' ');
    const template = path.replace(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(write, method, path, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Doclight',
      version,
      description: INTRODUCTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This installation.' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: named(),
      headers: {
        ETag: { description: 'The revision, as `"<revision>"`.', schema: { type: 'string' } },
        RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
        SessionCookie: { description: `Sets \`${SESSION_COOKIE}\`.`, schema: { type: 'string' } },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE, description: 'Set by signing in.' },
      },
    },
  };
}

/**
 * @param {Write} write
 * @param {string} method
 * @param {string} path with `:name` parameters
 * @param {Route} route
 */
function operation(write, method, path, route) {
  const parameters = [...pathParameters(path), ...queryParameters(write, route), ...headerParameters(route)];
  return {
    operationId: operationId(method, path),
    tags: [route.tag],
    summary: route.summary,
    description: `Access: ${ACCESS[route.access]}`,
    security: route.access === 'public' ? [] : [{ session: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(write, route),
    responses: { [route.status]: success(write, route), ...failures(write, method, path, route) },
  };
}

/**
 * @param {string} method
 * @param {string} path
 * @returns {string} as in `getDocumentsByIdRevisions`
 */
function operationId(method, path) {
  const words = path
    .split('/')
    .filter((part) => part !== '' && part !== 'api')
    .map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part)));
  return method.toLowerCase() + words.join('');
}

/** @param {string} word */
function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** @param {string} path */
function pathParameters(path) {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: describeParameter(path, name),
    schema: name === 'revision' ? { type: 'integer', minimum: 1 } : { type: 'string' },
  }));
}

/**
 * @param {string} path
 * @param {string} name
 */
function describeParameter(path, name) {
  if (name === 'id') return path.startsWith('/api/images') ? 'Id of an image.' : 'Id or slug of a document.';
  const description = /** @type {Readonly<Record<string, string>>} */ (PARAMETERS)[name];
  if (!description) throw new Error(`The parameter :${name} of ${path} needs a description.`);
  return description;
}

/**
 * @param {Write} write
 * @param {Route} route
 */
function queryParameters(write, { query }) {
  if (!query) return [];
  const { properties = {} } = write(query, 'output');
  return Object.entries(query.shape).map(([name, field]) => {
    const { description, ...schema } = properties[name] ?? {};
    const required = !field.safeParse(undefined).success;
    return { name, in: 'query', required, ...(description ? { description } : {}), schema };
  });
}

/** @param {Route} route */
function headerParameters({ headers = {} }) {
  return Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  }));
}

/**
 * @param {Write} write
 * @param {Route} route
 */
function requestBody(write, { body, bodyTypes }) {
  if (bodyTypes) {
    return {
      requestBody: { required: true, content: Object.fromEntries(bodyTypes.map((type) => [type, {}])) },
    };
  }
  if (!body) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: write(body) } } } };
}

/**
 * @param {Write} write
 * @param {Route} route
 */
function success(write, { status, summary, answer, answerType }) {
  const headers = {
    ...(answer === documentSchema ? { ETag: { $ref: '#/components/headers/ETag' } } : {}),
    ...(answer === userAnswerSchema ? { 'Set-Cookie': { $ref: '#/components/headers/SessionCookie' } } : {}),
  };
  const content = answer
    ? { 'application/json': { schema: write(answer) } }
    : answerType
      ? { [answerType]: {} }
      : {};
  return {
    description: status === 204 ? 'Done.' : summary,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(Object.keys(content).length > 0 ? { content } : {}),
  };
}

/**
 * One response a status, which names the codes that come with it.
 * @param {Write} write
 * @param {string} method
 * @param {string} path
 * @param {Route} route
 */
function failures(write, method, path, route) {
  /** @type {Map<number, HttpErrorCode[]>} */
  const byStatus = new Map();
  for (const code of errorCodes(method, path, route)) {
    byStatus.set(HTTP_STATUS_OF[code], [...(byStatus.get(HTTP_STATUS_OF[code]) ?? []), code]);
  }
  const responses = [...byStatus].map(([status, codes]) => [status, failure(write, status, codes)]);
  return Object.fromEntries(responses);
}

/**
 * @param {Write} write
 * @param {number} status
 * @param {readonly HttpErrorCode[]} codes
 */
function failure(write, status, codes) {
  /** @type {Record<string, unknown>} */
  const extra = {};
  if (status === 412) extra.current = write(documentSchema);
  if (status === 503) extra.checks = write(healthSchema.shape.checks);
  const headers = {
    ...(status === 412 ? { ETag: { $ref: '#/components/headers/ETag' } } : {}),
    ...(status === 429 ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } : {}),
  };
  const schema = {
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      {
        type: 'object',
        properties: { status: { const: status }, code: { enum: codes }, ...extra },
        ...(Object.keys(extra).length > 0 ? { required: Object.keys(extra) } : {}),
      },
    ],
  };
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    content: { 'application/problem+json': { schema } },
  };
}

/**
 * What the route names, and what follows from its shape.
 * @param {string} method
 * @param {string} path
 * @param {Route} route
 * @returns {Set<HttpErrorCode>} in the order of their statuses
 */
function errorCodes(method, path, { access, query, body, bodyTypes, errors = [] }) {
  /** @type {Set<HttpErrorCode>} */
  const codes = new Set(errors);
  if (body) codes.add('INVALID_BODY').add('PAYLOAD_TOO_LARGE').add('UNSUPPORTED_MEDIA_TYPE');
  if (bodyTypes) codes.add('PAYLOAD_TOO_LARGE').add('UNSUPPORTED_MEDIA_TYPE');
  if (query) codes.add('INVALID_QUERY');
  if (access !== 'public') codes.add('UNAUTHENTICATED');
  if (access === 'editor' || access === 'owner') codes.add('FORBIDDEN');
  if (access !== 'public' && path.includes(':')) codes.add('NOT_FOUND');
  if (method !== 'GET') codes.add('FORBIDDEN_ORIGIN');
  const order = /** @type {HttpErrorCode[]} */ (Object.keys(HTTP_STATUS_OF));
  return new Set(order.filter((code) => codes.has(code)));
}
