import { createECDH, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const key = (bytes: number) =>
  z
    .string()
    .refine(
      (text) => /^[A-Za-z0-9_-]+$/.test(text) && Buffer.from(text, 'base64url').length === bytes,
      `must be ${bytes} bytes in base64url without padding, as web-push generates it`,
    );

/** The variables of Web Push. */
export const pushEnvironment = {
  VAPID_PUBLIC_KEY: key(65).optional(),
  VAPID_PRIVATE_KEY: key(32).optional(),
  VAPID_SUBJECT: z
    .string()
    .regex(
      /^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/,
      'must be a mailto: or https: address that reaches the operator',
    )
    .optional(),
  PUSH_ALLOWED_HOSTS: z
    .string()
    .regex(
      /^[a-z0-9.-]+(:\d{1,5})?(,\s*[a-z0-9.-]+(:\d{1,5})?)*$/i,
      'must be host names, each with a port if it is not 443, joined by commas',
    )
    .optional(),
  PUSH_CA_FILE: z.string().optional(),
};

/** How notices are pushed to browsers. */
export interface PushConfig {
  /** Undefined: made at the first start, and kept in the database. */
  readonly vapidKeys: { readonly publicKey: string; readonly privateKey: string } | undefined;
  /** How push services reach the operator; undefined: PUBLIC_URL where that is https. */
  readonly vapidSubject: string | undefined;
  /** `HOST:PORT` of push services that may have a private address or another port than 443. */
  readonly allowedHosts: ReadonlySet<string>;
  /** PEM certificates that are trusted beside those of the system. */
  readonly ca: string | undefined;
}

type Environment = z.infer<z.ZodObject<typeof pushEnvironment>>;

/** @returns what does not fit, in words that name the variable, where something does not */
export function readPushConfig(env: Environment): PushConfig | string {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey } = env;
  if ((publicKey === undefined) !== (privateKey === undefined)) {
    return 'VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY belong together: set both, or none to have them made';
  }
  if (publicKey !== undefined && privateKey !== undefined && publicKeyOf(privateKey) !== publicKey) {
    return 'VAPID_PUBLIC_KEY must be the public key of VAPID_PRIVATE_KEY';
  }
  const ca = readCa(env.PUSH_CA_FILE);
  if (ca instanceof Error) return `PUSH_CA_FILE must be a file of PEM certificates: ${ca.message}`;
  return {
    vapidKeys: publicKey === undefined || privateKey === undefined ? undefined : { publicKey, privateKey },
    vapidSubject: env.VAPID_SUBJECT,
    allowedHosts: new Set(
      (env.PUSH_ALLOWED_HOSTS ?? '')
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter((host) => host !== '')
        .map((host) => (host.includes(':') ? host : `${host}:443`)),
    ),
    ca,
  };
}

function publicKeyOf(privateKey: string): string | null {
  const curve = createECDH('prime256v1');
  try {
    curve.setPrivateKey(privateKey, 'base64url');
    return curve.getPublicKey('base64url');
  } catch {
    return null;
  }
}

function readCa(file: string | undefined): string | undefined | Error {
  if (file === undefined) return undefined;
  try {
    const pem = readFileSync(file, 'utf8');
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
