import { type Problem, SESSION_COOKIE } from '@doclight/protocol';

/** One request. */
export interface ApiRequest {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, in place of `json`. */
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The Origin header; null: none. Left out: the server's own. */
  readonly origin?: string | null;
}

/** One answer, read to its end. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as JSON. The caller says what it holds: a test checks that next. */
  json<T>(): T;
  /** The body as a problem document. */
  problem(): Problem & Record<string, unknown>;
  /** Value of the session cookie that was set, if one was. */
  readonly session: string | undefined;
}

/** A caller of the REST interface, signed in or not. */
export type Api = (method: string, path: string, request?: ApiRequest) => Promise<ApiAnswer>;

/** @param session value of the session cookie; undefined: signed out */
export function apiClient(serverUrl: string, session: string | undefined): Api {
  return async (method, path, { json, body, headers, origin } = {}) => {
    const sent = new Headers(headers);
    if (session !== undefined) sent.set('cookie', `${SESSION_COOKIE}=${session}`);
    if (origin !== null) sent.set('origin', origin ?? serverUrl);
    if (json !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
    const payload = body ?? (json === undefined ? undefined : JSON.stringify(json));
    const response = await fetch(`${serverUrl}${path}`, {
      method,
      headers: sent,
      ...(payload === undefined ? {} : { body: payload }),
      ...(payload instanceof ReadableStream ? { duplex: 'half' } : {}),
      redirect: 'manual',
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: <T>() => JSON.parse(text) as T,
      problem: () => JSON.parse(text) as Problem & Record<string, unknown>,
      session: sessionIn(response.headers.getSetCookie()),
    };
  };
}

function sessionIn(cookies: readonly string[]): string | undefined {
  for (const cookie of cookies) {
    const [, value] = /^doclight_session=([^;]+)/.exec(cookie) ?? [];
    if (value) return value;
  }
  return undefined;
}
