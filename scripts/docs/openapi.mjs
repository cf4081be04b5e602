import { problemSchema, routes, SESSION_COOKIE } from '@doclight/protocol';
import { schemaWriter } from './json-schema.mjs';
import { responses } from './openapi-responses.mjs';

/**
 * @typedef {import('@doclight/protocol').RouteDefinition} Route
 * @typedef {ReturnType<typeof schemaWriter>['write']} Write
 */

const TAGS = {
  accounts: 'Signing in and out, the first account, invitations.',
  workspaces: 'Members, roles, invitations, and the log of events.',
  documents: 'Documents, their revisions and images.',
  notifications: 'Notices, what a person wants to hear of, and the devices they are pushed to.',
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
  notificationId: 'Id of a notice.',
  subscriptionId: 'Id of a device that notices are pushed to.',
  token: 'The last part of an invitation link.',
  revision: 'Number of a revision, from 1.',
  width: 'One of the widths that a document names, in pixels.',
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
    responses: responses(write, method, path, route),
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
function headerParameters({ headers = {}, optionalHeaders = {} }) {
  return Object.entries({ ...headers, ...optionalHeaders }).map(([name, description]) => ({
    name,
    in: 'header',
    required: name in headers,
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
