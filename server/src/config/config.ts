import { resolve } from 'node:path';
import { z } from 'zod';
import { type PushConfig, pushEnvironment, readPushConfig } from './push-config.js';

/** The environment does not fit. The message names every variable at fault and how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must lie between ${least} and ${most}`);
/** A limit; 0 for none, which is Infinity inside. */
const limit = (standard: number) =>
  whole(0, Number.MAX_SAFE_INTEGER)
    .default(standard)
    .transform((value) => (value === 0 ? Number.POSITIVE_INFINITY : value));

/** Also of what failed an earlier check, which zod runs later ones after. */
const isUrl = (value: string) => !value.includes('://') || URL.canParse(value);

const originUrl = z
  .url({ protocol: /^https?$/, error: 'must be an origin such as https://docs.example.org' })
  .refine((value) => {
    // Zod runs this after a failed check as well.
    if (!URL.canParse(value)) return true;
    const url = new URL(value);
    return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  }, 'must be an origin alone: no path, query or credentials')
  .transform((value) => new URL(value).origin);

const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
  .refine(isUrl, 'must be an address such as postgresql://name:password@host:5432/database');

const redisUrls = z
  .string()
  .regex(
    /^rediss?:\/\/[^,]+(,\s*rediss?:\/\/[^,]+)*$/,
    'must start with redis:// or rediss://; several, joined by commas, are the nodes of a cluster',
  )
  .refine(
    (urls) => urls.split(',').every((url) => isUrl(url.trim())),
    'must be an address such as redis://host:6379, or several joined by commas',
  );

const environmentSchema = z.object({
  ...pushEnvironment,
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: databaseUrl.optional(),
  REDIS_URL: redisUrls.optional(),
  DATA_DIR: z.string().default('./data'),
  PUBLIC_URL: originUrl.optional(),
  TRUST_PROXY: whole(0, 100).default(0),
  DEMO: flag.optional(),
  METRICS_PUBLIC: flag.default(false),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  LIMIT_SOCKET_EVENTS_PER_SECOND: limit(50),
  LIMIT_SOCKETS_PER_PERSON: limit(50),
  LIMIT_DOCUMENTS_PER_SOCKET: limit(50),
  LIMIT_LOGINS_PER_MINUTE: limit(10),
  LIMIT_BODY_BYTES: limit(4 * 1024 * 1024),
  LIMIT_IMAGE_BYTES: limit(10 * 1024 * 1024),
  LIMIT_IMAGE_PIXELS: limit(50_000_000),
  LIMIT_EDIT_REQUESTS_PER_MINUTE: limit(6),
  EDIT_REQUEST_SECONDS: whole(1, 3_600).default(60),
  TAKE_OVER_IDLE_SECONDS: whole(1, 86_400).default(600),
  TAKE_OVER_WARNING_SECONDS: whole(1, 3_600).default(30),
  /** Set by `npm run dev`: Next compiles pages as they are asked for. */
  NEXT_DEV: flag.default(false),
});

/** What can be set from outside, checked. Limits are Infinity where there is none. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** PostgreSQL connection string; undefined: the embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** One Redis, or the nodes of a cluster joined by commas; undefined: presence in process, one gateway only. */
  readonly redisUrl: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** Origin people use, without a slash at the end; undefined: every loopback name of the port. */
  readonly publicUrl: string | undefined;
  /** How many proxies to believe for the client's address. */
  readonly trustProxy: number;
  readonly demo: boolean;
  readonly metricsPublic: boolean;
  readonly logLevel: string;
  readonly nextDev: boolean;
  readonly push: PushConfig;
  readonly limits: {
    readonly socketEventsPerSecond: number;
    readonly socketsPerPerson: number;
    readonly documentsPerSocket: number;
    /** Failed attempts per client address and account. */
    readonly loginsPerMinute: number;
    readonly bodyBytes: number;
    readonly imageBytes: number;
    /** Width times height, of all frames together. */
    readonly imagePixels: number;
    /** How often one person may ask to edit one document. */
    readonly editRequestsPerMinute: number;
  };
  /** The right of way in editing; all in seconds. */
  readonly editing: {
    /** How long "ask to edit" waits for an answer. */
    readonly requestSeconds: number;
    /** Without input for this long an editor may be taken over. */
    readonly idleSeconds: number;
    /** How long an idle editor is warned before they are. */
    readonly warningSeconds: number;
  };
}

/**
 * Reads and checks the environment. The only reader of `process.env` in the server.
 * @throws ConfigError
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  // An empty value, as `FOO= npm start` or a compose file gives it, is the same as none.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${String(issue.path[0])} ${issue.message}`);
    throw new ConfigError(`The environment cannot be used:\n${faults.join('\n')}`);
  }
  const env = parsed.data;
  const push = readPushConfig(env);
  if (typeof push === 'string') throw new ConfigError(`The environment cannot be used:\n  ${push}`);
  return {
    push,
    port: env.PORT,
    host: env.HOST,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    dataDir: resolve(env.DATA_DIR),
    publicUrl: env.PUBLIC_URL,
    trustProxy: env.TRUST_PROXY,
    demo:
      env.DEMO ??
      (env.DATABASE_URL === undefined &&
        (env.PUBLIC_URL === undefined || isLoopback(new URL(env.PUBLIC_URL).hostname))),
    metricsPublic: env.METRICS_PUBLIC,
    logLevel: env.LOG_LEVEL,
    nextDev: env.NEXT_DEV,
    limits: {
      socketEventsPerSecond: env.LIMIT_SOCKET_EVENTS_PER_SECOND,
      socketsPerPerson: env.LIMIT_SOCKETS_PER_PERSON,
      documentsPerSocket: env.LIMIT_DOCUMENTS_PER_SOCKET,
      loginsPerMinute: env.LIMIT_LOGINS_PER_MINUTE,
      bodyBytes: env.LIMIT_BODY_BYTES,
      imageBytes: env.LIMIT_IMAGE_BYTES,
      imagePixels: env.LIMIT_IMAGE_PIXELS,
      editRequestsPerMinute: env.LIMIT_EDIT_REQUESTS_PER_MINUTE,
    },
    editing: {
      requestSeconds: env.EDIT_REQUEST_SECONDS,
      idleSeconds: env.TAKE_OVER_IDLE_SECONDS,
      warningSeconds: env.TAKE_OVER_WARNING_SECONDS,
    },
  };
}

/** Whether a host name or address (IPv6 with or without brackets) is this machine's own. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}
