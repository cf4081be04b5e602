import {
  clientEvents,
  connectErrorCodes,
  handshakeAuthSchema,
  MAX_SOCKET_FRAME_BYTES,
  MAX_SOCKET_PAYLOAD_BYTES,
  PROTOCOL_VERSION,
  SESSION_COOKIE,
  serverEvents,
  socketErrorCodes,
} from '@doclight/protocol';
import { schemaWriter } from './json-schema.mjs';

/** @typedef {import('./json-schema.mjs').JsonSchema} JsonSchema */

const CONNECT_ERRORS = {
  UNAUTHENTICATED: 'No session, or one that has ended. Sign in again.',
  FORBIDDEN_ORIGIN: 'The page comes from an origin that is not allowed.',
  TOO_MANY_CONNECTIONS: 'This person has as many sockets open as one may have.',
  UNSUPPORTED_PROTOCOL: 'The server speaks another version of this protocol. Reload the page.',
};

const SOCKET_ERRORS = {
  UNKNOWN_EVENT: 'There is no event of that name.',
  INVALID_PAYLOAD: 'The payload does not fit its schema, or is too large.',
  NOT_FOUND: 'There is no such workspace or document, or not for this person.',
  FORBIDDEN: 'The person’s role does not allow it.',
  REVISION_CONFLICT:
    'Somebody else saved meanwhile; `current` is the document as it is by now. Merge with it and save that.',
  CONFLICT: 'Things have changed meanwhile, or are not so that this can be done: the message says what.',
  RATE_LIMITED: 'Too many events in a short time.',
  INTERNAL: 'The server failed. It has logged why.',
};

/** The page of the socket contract, in Markdown. */
export function socketEvents() {
  const { write, named } = schemaWriter('#');
  const handshake = fields(write(handshakeAuthSchema));
  const client = Object.entries(clientEvents).flatMap(([name, { summary, payload, answer }]) => [
    `### \`${name}\``,
    summary,
    `Payload: ${shape(write(payload))}`,
    `Acknowledged with: ${shape(write(answer))}`,
  ]);
  const server = Object.entries(serverEvents).flatMap(([name, { to, payload }]) => [
    `### \`${name}\``,
    `To ${to}.`,
    `Payload: ${shape(write(payload))}`,
  ]);
  const types = Object.entries(named()).flatMap(([id, schema]) => [
    `### ${id}`,
    ...(schema.description ? [schema.description] : []),
    schema.properties ? fields(schema) : type(schema),
  ]);
  const blocks = [
    '# Socket events',
    'Generated from the schemas in `server/protocol` by `npm run docs`; do not edit. The REST interface is in [openapi.json](openapi.json).',
    '## Connecting',
    `Socket.IO 4 with its default parser at \`/socket.io\`, WebSocket transport, one connection a tab. The handshake carries the session cookie \`${SESSION_COOKIE}\` and an \`Origin\` that is allowed. This page describes version ${PROTOCOL_VERSION} of the protocol.`,
    'In the handshake’s `auth`, all of it optional:',
    handshake,
    'A handshake that is refused ends in `connect_error` with one of these messages:',
    codes(connectErrorCodes, CONNECT_ERRORS),
    '## Acknowledgements',
    'Every client event is acknowledged: `{ok: true, data}`, or `{ok: false, error: {code, message, current?, fenced?}}`, and then nothing was changed.',
    codes(socketErrorCodes, SOCKET_ERRORS),
    `A message of more than ${MAX_SOCKET_PAYLOAD_BYTES / 1024} KB is refused with \`INVALID_PAYLOAD\`; one of more than ${MAX_SOCKET_FRAME_BYTES / 1_000_000} MB closes the connection.`,
    '## Versions',
    'A workspace has one growing `version`, and each document carries the one at which it last changed: ignore what is not newer than what you have. A frame’s `previous` is the version of the answer or frame that came before it; where you hold another one, a frame is missing: join again. A document that a join answer does not list is free as of its version. `server/protocol/src/presence-fold.ts` does all of this, free of input and output.',
    'Events with an `eventId` can come twice: drop what you have. What was missed while disconnected is listed by `GET /api/workspaces/{workspaceId}/events`.',
    '## What a client sends',
    ...client,
    '## What the server sends',
    ...server,
    '## Types',
    ...types,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/**
 * @template {string} C
 * @param {readonly C[]} list
 * @param {Readonly<Record<C, string>>} meanings
 */
function codes(list, meanings) {
  return table(
    ['code', 'meaning'],
    list.map((code) => [`\`${code}\``, meanings[code]]),
  );
}

/**
 * A payload: a link to its type, or its fields.
 * @param {JsonSchema} schema
 */
function shape(schema) {
  if (schema.$ref) return `${type(schema)}.`;
  const names = Object.keys(schema.properties ?? {});
  return names.length === 0 ? 'an empty object.' : `an object of these fields.\n\n${fields(schema)}`;
}

/**
 * The fields of an object as a table.
 * @param {JsonSchema} schema
 */
function fields({ properties = {}, required = [] }) {
  const rows = Object.entries(properties).map(([name, schema]) => [
    required.includes(name) ? `\`${name}\`` : `\`${name}\` (optional)`,
    type(schema),
    [schema.description, bounds(schema)].filter(Boolean).join(' '),
  ]);
  return table(['field', 'type', ''], rows);
}

/**
 * @param {JsonSchema} schema
 * @returns {string} in TypeScript's manner
 */
function type(schema) {
  if (schema.$ref) {
    const id = schema.$ref.slice(1);
    return `[${id}](#${id.toLowerCase()})`;
  }
  if ('const' in schema) return `\`${literal(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${literal(value)}\``).join(' or ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(type).join(' or ');
  if (schema.type === 'array') return `array of ${type(schema.items ?? {})}`;
  if (schema.format === 'date-time') return 'time';
  return [schema.type ?? 'anything'].flat().join(' or ');
}

/** @param {unknown} value */
function literal(value) {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/**
 * @param {JsonSchema} schema
 * @returns {string} what the type does not say of its size
 */
function bounds({ minimum, minLength, maxLength, maxItems }) {
  const parts = [
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maxLength === undefined
      ? []
      : [minLength ? `${minLength} to ${maxLength} characters` : `at most ${maxLength} characters`]),
    ...(maxItems === undefined ? [] : [`at most ${maxItems}`]),
  ];
  const text = parts.join(', ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
