import { documentSchema, HTTP_STATUS_OF, healthSchema, userAnswerSchema } from '@doclight/protocol';

/**
 * @typedef {import('@doclight/protocol').RouteDefinition} Route
 * @typedef {import('@doclight/protocol').HttpErrorCode} HttpErrorCode
 * @typedef {ReturnType<typeof import('./json-schema.mjs').schemaWriter>['write']} Write
 */

const FENCED = 'True where the save was held back because somebody else holds the lease named in Edit-Lease.';

/**
 * Everything that a route may answer, by status.
 * @param {Write} write
 * @param {string} method
 * @param {string} path with `:name` parameters
 * @param {Route} route
 * @returns {Record<string, unknown>}
 */
export function responses(write, method, path, route) {
  return { [route.status]: success(write, route), ...failures(write, method, path, route) };
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
  /** @type {Record<string, unknown>} */
  const more = {};
  if (status === 412) more.fenced = { type: 'boolean', description: FENCED };
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
        properties: { status: { const: status }, code: { enum: codes }, ...extra, ...more },
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
