import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** One line a request, on the level that its outcome deserves. Neither cookies nor queries are logged. */
export function requestLog(log: Logger) {
  // The line is written when the answer is out, in whatever context the socket is then: it is told the id.
  const named = (request: IncomingMessage, _response: unknown, line: object) => ({
    ...line,
    requestId: request.id,
  });
  return pinoHttp<IncomingMessage, ServerResponse>({
    logger: log,
    customSuccessObject: named,
    customErrorObject: (request, response, _error, line) => named(request, response, line),
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => {
        const [path = ''] = url.split('?');
        // An invitation's token is a secret.
        return { method, path: path.replace(/^(\/api\/invitations\/)[^/]+/, '$1…') };
      },
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
    customLogLevel: (_request: IncomingMessage, response: ServerResponse, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return 'debug';
    },
  });
}
