import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Session } from '../common/session.js';
import type { RequestWithSession } from './session.guard.js';

/** The caller's session. In a `@Public()` handler it may be missing: take `Session | undefined` there. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): Session | undefined =>
    context.switchToHttp().getRequest<RequestWithSession>().session,
);
