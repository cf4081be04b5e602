import type { NextFunction, Request, Response } from 'express';
import type { Registry } from 'prom-client';
import type { Durations } from '../common/durations.js';
import type { Occurrences } from '../common/occurrences.js';
import { counter, histogram } from './collectors.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What requests are counted in. */
export interface RequestStats {
  /** By method, route and class of status. */
  readonly requests: Occurrences<[method: string, route: string, status: string]>;
  /** By route. */
  readonly durations: Durations;
}

/** Counts every request when its answer is out, or its client gone. */
export function countRequests(stats: RequestStats) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    response.once('close', () => {
      const route = routeOf(request);
      const method = METHODS.has(request.method) ? request.method : 'other';
      const status = response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : 'aborted';
      stats.requests.add(method, route, status);
      stats.durations.observe((performance.now() - began) / 1_000, route);
    });
    next();
  };
}

/** The pattern that matched, never the address: `page` for the web app, `none` for what is nowhere. */
function routeOf(request: Request): string {
  const route: unknown = (request.route as { path?: unknown } | undefined)?.path;
  if (typeof route === 'string') return route;
  return /^\/(?:api|metrics|socket\.io)(?:\/|$)/.test(request.path) ? 'none' : 'page';
}

/** Metrics of requests. */
export function registerHttpMetrics(registry: Registry, stats: RequestStats): void {
  counter(
    registry,
    'doclight_http_requests_total',
    'Requests, by the pattern of their route (page: the web app; none: nowhere) and class of status.',
    () =>
      stats.requests.read().map(({ labels, count }) => {
        const [method, route, status] = labels;
        return [{ method, route, status }, count] as const;
      }),
    ['method', 'route', 'status'],
  );
  histogram(
    registry,
    'doclight_http_request_duration_seconds',
    'How long requests took until their answer was out, by the pattern of their route.',
    stats.durations,
    'route',
  );
}
