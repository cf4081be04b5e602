import type { Me, User } from '@doclight/protocol';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainEvents } from '../common/domain-events.js';
import { LOGGER } from '../common/logger.js';
import { ProblemError } from '../common/problem.js';
import { SESSION_LIFETIME_MS, type Session } from '../common/session.js';
import { colorFor } from './colors.js';
import { LoginLimiter } from './login-limiter.js';
import { hashPassword, verifyPassword } from './passwords.js';
import { SessionCache } from './session-cache.js';
import { SessionsRepository } from './sessions.repository.js';
import { hashToken, newToken } from './tokens.js';
import { type NewUser, UsersRepository } from './users.repository.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A session is extended at most this often, in milliseconds. */
const EXTEND_AFTER_MS = DAY_MS;
const CLEAN_UP_EVERY_MS = 60 * 60 * 1000;

/** A session that was just made: the token goes into the cookie and nowhere else. */
export interface NewSession {
  readonly token: string;
  readonly user: User;
}

/** Signing in and out, and who a token belongs to: for HTTP and for sockets alike. */
@Injectable()
export class AuthService implements OnModuleInit, OnModuleDestroy {
  private readonly cache: SessionCache;
  private cleanUp: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly users: UsersRepository,
    private readonly limiter: LoginLimiter,
    private readonly events: DomainEvents,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.cache = new SessionCache((id) => this.sessions.find(id));
  }

  onModuleInit(): void {
    this.cleanUp = setInterval(() => {
      this.sessions.removeExpired().catch((err) => this.log.warn({ err }, 'expired sessions stay for now'));
    }, CLEAN_UP_EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.cleanUp);
  }

  /** Told by the access listener: whether changes of sessions and memberships are heard of. */
  heedChanges(heard: boolean): void {
    if (heard) this.cache.resume();
    else this.cache.pause();
  }

  /** A session has ended, here or elsewhere. Tells everyone who holds on to it. */
  sessionEnded(sessionId: string): void {
    this.cache.forget(sessionId);
    this.events.emit('session.ended', { sessionId });
  }

  /** A person's role in a workspace has changed, here or elsewhere. Tells everyone who relies on it. */
  membershipChanged(userId: string, workspaceId: string): void {
    this.cache.forgetUser(userId);
    this.events.emit('membership.changed', { userId, workspaceId });
  }

  /**
   * Signs in with a password.
   * @param address the client's, for the limit on failed attempts
   * @throws ProblemError INVALID_CREDENTIALS, RATE_LIMITED
   */
  async login(email: string, password: string, address: string): Promise<NewSession> {
    const user = await this.limiter.guard(address, email, async () => {
      const found = await this.users.findByEmail(email);
      return (await verifyPassword(found?.passwordHash ?? null, password)) ? found : null;
    });
    if (user === null) throw new ProblemError('INVALID_CREDENTIALS', 'E-mail or password is wrong.');
    return this.startSession(user);
  }

  /**
   * Runs a look-up by a secret that came from outside, and counts where it finds nothing.
   * @param kind what the secret is, so that guesses of one kind do not block another
   * @throws ProblemError RATE_LIMITED
   */
  limitingFailures<T>(address: string, kind: string, lookUp: () => Promise<T | null>): Promise<T | null> {
    return this.limiter.guard(address, kind, lookUp);
  }

  /** A secret of 256 random bits, safe in URLs. */
  newToken(): string {
    return newToken();
  }

  /** What of a token is stored. */
  hashToken(token: string): string {
    return hashToken(token);
  }

  /** Hash of a password as it is stored. Slow on purpose. */
  hashPassword(password: string): Promise<string> {
    return hashPassword(password);
  }

  /** What a new account with a password is stored as. Stores nothing. */
  async newAccount(
    email: string,
    name: string,
    password: string,
  ): Promise<NewUser & { passwordHash: string }> {
    return {
      email: email.toLowerCase(),
      name: name.trim(),
      color: colorFor(email),
      passwordHash: await hashPassword(password),
    };
  }

  /** What an account that cannot sign in by password is stored as. Stores nothing. */
  visitor(email: string, name: string): NewUser & { passwordHash: null } {
    return { email: email.toLowerCase(), name, color: colorFor(email), passwordHash: null };
  }

  /** Makes a session for someone who has proved who they are. */
  async startSession({ id, name, color }: User): Promise<NewSession> {
    const token = newToken();
    await this.sessions.create(hashToken(token), id, new Date(Date.now() + SESSION_LIFETIME_MS));
    return { token, user: { id, name, color } };
  }

  /** Ends a session, in every gateway. */
  async logout(session: Session): Promise<void> {
    await this.sessions.remove(session.id);
    // The database tells every gateway; this one need not wait for it.
    this.sessionEnded(session.id);
  }

  /** Who a cookie's token belongs to; null: nobody, or no longer. */
  async authenticate(token: string | undefined): Promise<Session | null> {
    return token === undefined || token.length > 256 ? null : this.cache.get(hashToken(token));
  }

  /** The same session as it is now; null when it has ended. */
  async refresh(session: Session): Promise<Session | null> {
    return this.cache.get(session.id);
  }

  /** Whether nothing has changed about a session since it was looked up. */
  isCurrent(session: Session): boolean {
    return this.cache.isCurrent(session);
  }

  /**
   * Extends a session that is being used.
   * @returns whether the cookie must be sent again
   */
  async extend(session: Session): Promise<boolean> {
    const expiresAt = new Date(Date.now() + SESSION_LIFETIME_MS);
    if (expiresAt.getTime() - session.expiresAt.getTime() < EXTEND_AFTER_MS) return false;
    await this.sessions.extend(session.id, expiresAt);
    this.cache.forget(session.id);
    return true;
  }

  async me(session: Session): Promise<Me> {
    return { user: session.user, workspaces: await this.users.workspacesOf(session.user.id) };
  }
}
