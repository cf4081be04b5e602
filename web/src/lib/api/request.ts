import type { Problem, RouteName, routes } from '@doclight/protocol';
import { ApiError, OFFLINE_PROBLEM } from './api-error';

type Route<R extends RouteName> = (typeof routes)[R];
type Output<S> = S extends { readonly _output: infer O } ? O : undefined;
type Input<S> = S extends { readonly _input: infer I } ? I : never;

/** What an endpoint answers, by the protocol's own schema. */
export type Answer<R extends RouteName> = Route<R> extends { answer: infer S } ? Output<S> : undefined;
/** The JSON body that an endpoint takes. */
export type Body<R extends RouteName> = Route<R> extends { body: infer S } ? Input<S> : undefined;

type ParamNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

/** The variable parts of a request. */
export interface RequestOptions<R extends RouteName> {
  readonly params?: Readonly<Record<ParamNames<R>, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Body<R>;
  /** A body that is not JSON, sent with its own media type. */
  readonly file?: Blob;
  /** The revision a change started from; becomes `If-Match`. */
  readonly revision?: number;
  /** The token of the lease under which one edits; becomes `Edit-Lease`. */
  readonly lease?: number | undefined;
  readonly signal?: AbortSignal;
}

/**
 * Calls an endpoint of this origin.
 * @throws {ApiError} with the server's problem document, or with status 0 when it cannot be reached
 */
export async function request<R extends RouteName>(
  route: R,
  options: RequestOptions<R> = {},
): Promise<Answer<R>> {
  const [method = 'GET', template = ''] = route.split(' ');
  const headers = new Headers({ accept: 'application/json' });
  let body: BodyInit | null = null;
  if (options.file) {
    headers.set('content-type', options.file.type);
    body = options.file;
  } else if (options.body !== undefined) {
    headers.set('content-type', 'application/json');
    body = JSON.stringify(options.body);
  }
  if (options.revision !== undefined) headers.set('if-match', `"${options.revision}"`);
  if (options.lease !== undefined) headers.set('edit-lease', String(options.lease));
  const response = await send(address(template, options), {
    method,
    headers,
    body,
    credentials: 'same-origin',
    signal: options.signal ?? null,
  });
  if (!response.ok) throw new ApiError(await readProblem(response));
  return (response.status === 204 ? undefined : await response.json()) as Answer<R>;
}

function address<R extends RouteName>(template: string, options: RequestOptions<R>): string {
  const params: Readonly<Record<string, string>> = options.params ?? {};
  const path = template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {}))
    if (value !== undefined && value !== '') query.set(name, String(value));
  return query.size > 0 ? `${path}?${query}` : path;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(OFFLINE_PROBLEM);
  }
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    const problem: unknown = await response.json();
    if (typeof problem === 'object' && problem !== null && 'code' in problem) return problem as Problem;
  } catch {
    // Not a problem document: a proxy in between answered.
  }
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: `The server answered ${response.status}. Please try again.`,
    code: 'INTERNAL',
  };
}
