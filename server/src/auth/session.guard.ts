import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { addToLogContext } from '../common/log-context.js';
import { ProblemError } from '../common/problem.js';
import type { Session } from '../common/session.js';
import { setSessionCookie, tokenFromCookies } from '../common/session-cookie.js';
import { AllowedOrigins } from '../config/allowed-origins.js';
import { AuthService } from './auth.service.js';
import { PUBLIC } from './public.decorator.js';

/** A request that the guard has let through. */
export type RequestWithSession = Request & { session?: Session };

/**
 * Looks up the session of every request, and refuses those without one where the handler is not
 * marked `@Public()`.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly auth: AuthService,
    private readonly origins: AllowedOrigins,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    const http = context.switchToHttp();
    const request = http.getRequest<RequestWithSession>();
    const token = tokenFromCookies(request.headers.cookie);
    const session = await this.auth.authenticate(token);
    if (session !== null) {
      request.session = session;
      addToLogContext({ userId: session.user.id });
      if (token !== undefined && (await this.auth.extend(session))) {
        setSessionCookie(http.getResponse<Response>(), token, this.origins.secure);
      }
    } else if (!isPublic) {
      throw new ProblemError('UNAUTHENTICATED', 'Sign in first.');
    }
    return true;
  }
}
