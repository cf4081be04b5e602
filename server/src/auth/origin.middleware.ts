import type { NextFunction, Request, Response } from 'express';
import { ProblemError } from '../common/problem.js';
import type { AllowedOrigins } from '../config/allowed-origins.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses changing requests that do not come from one of our own pages. */
export function originCheck(origins: AllowedOrigins) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (SAFE_METHODS.has(request.method) || origins.allows(request.headers.origin)) next();
    else {
      next(
        new ProblemError(
          'FORBIDDEN_ORIGIN',
          `A change must come from ${origins.publicUrl}, named in the Origin header. If people use another address, set PUBLIC_URL to it.`,
        ),
      );
    }
  };
}
