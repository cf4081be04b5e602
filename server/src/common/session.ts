import type { Role, User } from '@doclight/protocol';

/** How long a session lasts after its last use, in milliseconds. */
export const SESSION_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** Who is calling, and what they may do where. A snapshot: a change makes a new one. */
export interface Session {
  /** SHA-256 of the token, hex. */
  readonly id: string;
  readonly user: User;
  /** Role by workspace id. */
  readonly roles: ReadonlyMap<string, Role>;
  readonly expiresAt: Date;
}
