import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { originCheck } from './auth/origin.middleware.js';
import { nestLogger } from './common/logger.js';
import { ProblemFilter, sendProblem } from './common/problem.filter.js';
import { requestId } from './common/request-id.js';
import { requestLog } from './common/request-log.js';
import { AllowedOrigins } from './config/allowed-origins.js';
import type { Config } from './config/config.js';
import { MetricsService } from './ops/metrics.service.js';
import { SocketServerService } from './realtime/socket-server.service.js';
import type { prepareWeb, WebHandler } from './web/web-handler.js';

/** A server that is made and not yet listening. */
export interface App {
  readonly nest: NestExpressApplication;
  /** Opens the port. @returns the one that was opened */
  listen(): Promise<number>;
  /** Closes everything, the database last. */
  close(): Promise<void>;
}

/** The web app's maker; none in tests of the server alone. */
export type WebFactory = typeof prepareWeb;

/** Puts the server together. */
export async function createApp(config: Config, log: Logger, webFactory?: WebFactory): Promise<App> {
  const nest = await NestFactory.create<NestExpressApplication>(AppModule.with(config, log), {
    bodyParser: false,
    logger: nestLogger(log),
    abortOnError: false,
    forceCloseConnections: true,
  });
  const origins = nest.get(AllowedOrigins);
  const httpServer = nest.getHttpServer();
  let web: WebHandler | undefined;

  nest.set('trust proxy', config.trustProxy);
  nest.disable('x-powered-by');
  nest.use(requestId(config.trustProxy > 0));
  nest.use(nest.get(MetricsService).countRequests);
  // The web app sends a policy of its own with each page, with that page's nonce.
  nest.use(helmet({ contentSecurityPolicy: false, strictTransportSecurity: origins.secure }));
  nest.use((request: Request, response: Response, next: NextFunction) => {
    if (web === undefined || isServerPath(request.path)) return next();
    web.handle(request, response).catch(next);
  });
  // What one person may see is not for a cache that others share.
  nest.use('/api', (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', 'private, no-cache');
    next();
  });
  nest.use(requestLog(log));
  nest.use(originCheck(origins));
  nest.use(json({ limit: config.limits.bodyBytes }));
  nest.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    sendProblem(request, response, error, log);
  });
  // biome-ignore lint/correctness/useHookAtTopLevel: Nest's, and no React hook
  nest.useGlobalFilters(new ProblemFilter(log));

  return {
    nest,
    listen: async () => {
      web = await webFactory?.(httpServer, config.nextDev);
      await nest.init();
      nest.get(SocketServerService).start(httpServer);
      await nest.listen(config.port, config.host);
      const { port } = httpServer.address() as AddressInfo;
      origins.listeningOn(port);
      return port;
    },
    close: async () => {
      // No new connections while the open ones are sent elsewhere.
      httpServer.close();
      await nest.get(SocketServerService).stop();
      await nest.close();
      await web?.close();
    },
  };
}

/** Addresses that the server answers itself; everything else is a page. */
function isServerPath(path: string): boolean {
  return path === '/api' || path.startsWith('/api/') || path === '/metrics' || path.startsWith('/socket.io/');
}
