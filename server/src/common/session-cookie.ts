import { SESSION_COOKIE } from '@doclight/protocol';
import { parse } from 'cookie';
import type { Response } from 'express';
import { SESSION_LIFETIME_MS } from './session.js';

/** The session token in a Cookie header. */
export function tokenFromCookies(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parse(header)[SESSION_COOKIE];
}

/** Sets the session cookie. `secure`: people come by https. */
export function setSessionCookie(response: Response, token: string, secure: boolean): void {
  response.cookie(SESSION_COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    maxAge: SESSION_LIFETIME_MS,
  });
}

/** Takes the session cookie away. */
export function clearSessionCookie(response: Response, secure: boolean): void {
  response.clearCookie(SESSION_COOKIE, { httpOnly: true, sameSite: 'lax', secure, path: '/' });
}
