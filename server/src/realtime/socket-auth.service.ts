import { type ConnectErrorCode, handshakeAuthSchema, PROTOCOL_VERSION } from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import { AuthService } from '../auth/auth.service.js';
import type { Session } from '../common/session.js';
import { tokenFromCookies } from '../common/session-cookie.js';
import { AllowedOrigins } from '../config/allowed-origins.js';

/** What a socket tells when it connects. */
export interface Handshake {
  readonly origin: string | undefined;
  readonly cookies: string | undefined;
  readonly auth: unknown;
}

/** Who a socket is, or why it is refused. */
export type Admission = { readonly session: Session; readonly tab: string | undefined } | ConnectErrorCode;

/** Decides who may connect. */
@Injectable()
export class SocketAuthService {
  constructor(
    private readonly auth: AuthService,
    private readonly origins: AllowedOrigins,
  ) {}

  /**
   * Checks a handshake. Browsers always send an Origin with a WebSocket, so one without comes from
   * a program, to which a stolen cookie cannot be lent: only a foreign Origin is refused.
   */
  async admit({ origin, cookies, auth }: Handshake): Promise<Admission> {
    if (origin !== undefined && !this.origins.allows(origin)) return 'FORBIDDEN_ORIGIN';
    const protocol = (auth as { protocol?: unknown } | undefined)?.protocol;
    if (protocol !== undefined && protocol !== PROTOCOL_VERSION) return 'UNSUPPORTED_PROTOCOL';
    const session = await this.auth.authenticate(tokenFromCookies(cookies));
    if (session === null) return 'UNAUTHENTICATED';
    return { session, tab: handshakeAuthSchema.safeParse(auth ?? {}).data?.tab };
  }

  /** Whether nothing has changed about a session since it was looked up. */
  isCurrent(session: Session): boolean {
    return this.auth.isCurrent(session);
  }

  /** The session as it is now; null when it has ended. */
  refresh(session: Session): Promise<Session | null> {
    return this.auth.refresh(session);
  }
}
