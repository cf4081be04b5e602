import { z } from 'zod';

/**
 * Every error code of the REST interface, with the HTTP status it is answered with.
 * @see https://www.rfc-editor.org/rfc/rfc9457 for the problem document that carries it as `code`
 */
export const HTTP_STATUS_OF = {
  INVALID_BODY: 400,
  INVALID_QUERY: 400,
  INVALID_HEADER: 400,
  UNAUTHENTICATED: 401,
  INVALID_CREDENTIALS: 401,
  FORBIDDEN: 403,
  FORBIDDEN_ORIGIN: 403,
  INVALID_SETUP_TOKEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  ALREADY_SET_UP: 409,
  EMAIL_TAKEN: 409,
  LAST_OWNER: 409,
  INVITATION_INVALID: 410,
  REVISION_CONFLICT: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INVALID_IMAGE: 422,
  REVISION_REQUIRED: 428,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  NOT_READY: 503,
} as const;

/** A code of a REST problem document. */
export type HttpErrorCode = keyof typeof HTTP_STATUS_OF;

/** Codes of a negative acknowledgement. */
export const socketErrorCodes = [
  'UNKNOWN_EVENT',
  'INVALID_PAYLOAD',
  'NOT_FOUND',
  'FORBIDDEN',
  'REVISION_CONFLICT',
  'CONFLICT',
  'RATE_LIMITED',
  'INTERNAL',
] as const;
export type SocketErrorCode = (typeof socketErrorCodes)[number];

/** Messages of `connect_error`: why a handshake was refused. */
export const connectErrorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN_ORIGIN',
  'TOO_MANY_CONNECTIONS',
  'UNSUPPORTED_PROTOCOL',
] as const;
export type ConnectErrorCode = (typeof connectErrorCodes)[number];

/** One place in a request that did not fit, and how to mend it. */
export const problemIssueSchema = z.object({
  path: z.string().meta({ description: 'Where in the body or query, e.g. `title` or `items.0.id`.' }),
  message: z.string(),
});

/** RFC 9457 problem document. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'URI reference that names the kind of problem.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What is wrong and how to mend it.' }),
    code: z.enum(Object.keys(HTTP_STATUS_OF) as [HttpErrorCode, ...HttpErrorCode[]]),
    errors: z.array(problemIssueSchema).optional(),
    requestId: z
      .string()
      .optional()
      .meta({ description: 'With status 500: what the log calls this request. Name it in a report.' }),
  })
  .meta({ id: 'Problem', description: 'An RFC 9457 problem document with an extra `code`.' });
export type Problem = z.infer<typeof problemSchema>;
