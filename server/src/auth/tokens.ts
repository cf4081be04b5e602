import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits, safe in URLs and cookies. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What of a token is stored: SHA-256, hex. A token is random, so that a fast hash is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
