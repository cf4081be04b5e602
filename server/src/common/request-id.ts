import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { withLogContext } from './log-context.js';

/** What a proxy may call a request: what such ids are made of everywhere, and nothing that breaks a line. */
const WELL_FORMED = /^[\w.:=+/-]{1,128}$/;

const HEADER = 'X-Request-Id';

/**
 * Names every request: by what a trusted proxy calls it (`X-Request-Id`), so that its log and ours can be laid
 * side by side, else by a name of our own. The answer carries it in the same header, and every line that is
 * logged meanwhile as `requestId`.
 * @param trusted a proxy is believed; else the header is whatever the client likes
 */
export function requestId(trusted: boolean) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const given = trusted ? request.get(HEADER) : undefined;
    const id = given !== undefined && WELL_FORMED.test(given) ? given : randomUUID();
    request.id = id;
    response.setHeader(HEADER, id);
    withLogContext({ requestId: id }, next);
  };
}
