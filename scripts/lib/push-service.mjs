import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:https';
import { testCertificate } from './test-certificate.mjs';

// A push service for tests: what browsers' makers run, on loopback. It speaks the real protocol and is strict
// about it, so that what it takes others take too.

/**
 * What a browser hands its page: `PushSubscription.toJSON()`.
 * @typedef {object} Subscription
 * @property {string} endpoint
 * @property {{ p256dh: string, auth: string }} keys base64url
 */

/**
 * One push that was taken, as the browser would hand it to the service worker.
 * @typedef {object} Received
 * @property {string} endpoint
 * @property {string} text decrypted
 * @property {number} ttl in seconds
 * @property {string | undefined} urgency
 * @property {string | undefined} topic
 * @property {number} at in milliseconds
 */

/**
 * How an endpoint answers: a status with headers, or never.
 * @typedef {{ status: number, headers?: Record<string, string> } | 'hang'} Behaviour
 */

/** @typedef {{ curve: import('node:crypto').ECDH, auth: Buffer, behaviours: Behaviour[], steady: Behaviour }} Endpoint */

const CREATED = /** @type {const} */ ({ status: 201 });
const MOST_BYTES = 4096;
const DAY_S = 86_400;

export class PushService {
  /** Everything that was taken, in its order. @type {Received[]} */
  received = [];
  /** What was wrong with requests: a sender that is right leaves it empty. @type {string[]} */
  violations = [];
  /** Requests, however they were answered. */
  requests = 0;
  /** Most requests that were open at once. */
  mostAtOnce = 0;
  /** @type {Map<string, Endpoint>} */
  #endpoints = new Map();
  /** @type {Behaviour} */
  #general = CREATED;
  /** @type {Set<() => void>} */
  #waiting = new Set();
  #open = 0;
  #server;

  /** @param {import('node:https').Server} server @param {string} ca PEM to trust */
  constructor(server, ca) {
    this.#server = server;
    this.ca = ca;
    server.on('request', (request, response) => {
      this.#take(request, response).catch((error) => {
        this.violations.push(String(error));
        response.destroy();
      });
    });
  }

  /** `HOST:PORT`, as PUSH_ALLOWED_HOSTS takes it. */
  get host() {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the push service is not listening');
    return `localhost:${address.port}`;
  }

  get origin() {
    return `https://${this.host}`;
  }

  /**
   * What a browser that subscribes here would hand its page.
   * @returns {Subscription}
   */
  subscribe() {
    const curve = createECDH('prime256v1');
    const p256dh = curve.generateKeys('base64url');
    const auth = randomBytes(16);
    const path = `/push/${randomBytes(12).toString('base64url')}`;
    this.#endpoints.set(path, { curve, auth, behaviours: [], steady: CREATED });
    return { endpoint: `${this.origin}${path}`, keys: { p256dh, auth: auth.toString('base64url') } };
  }

  /**
   * Lets an endpoint answer so to its next requests, one each, and then as before.
   * @param {string} endpoint
   * @param {...Behaviour} behaviours
   */
  next(endpoint, ...behaviours) {
    this.#find(endpoint).behaviours.push(...behaviours);
  }

  /**
   * Lets an endpoint answer so from now on.
   * @param {string} endpoint
   * @param {Behaviour} behaviour
   */
  always(endpoint, behaviour) {
    this.#find(endpoint).steady = behaviour;
  }

  /**
   * Lets every endpoint that would take a push answer so instead, until `CREATED` again.
   * @param {Behaviour} behaviour
   */
  all(behaviour) {
    this.#general = behaviour;
  }

  /** What was pushed to an endpoint. @param {string} endpoint */
  to(endpoint) {
    return this.received.filter((one) => one.endpoint === endpoint);
  }

  /**
   * Resolves when something holds of what came in.
   * @param {() => boolean} holds
   * @param {number} [withinMs]
   * @returns {Promise<void>}
   * @throws {Error} where it does not in time
   */
  until(holds, withinMs = 10_000) {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(
          new Error(
            `After ${withinMs} ms: ${this.requests} requests, ${this.received.length} taken, ${this.violations.join('; ')}`,
          ),
        );
      }, withinMs);
      this.#waiting.add(look);
      look();
    });
  }

  /** @returns {Promise<void>} */
  stop() {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** @param {string} endpoint */
  #find(endpoint) {
    const found = this.#endpoints.get(new URL(endpoint).pathname);
    if (!found) throw new Error(`there is no endpoint ${endpoint}`);
    return found;
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #take(request, response) {
    this.requests += 1;
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    response.on('close', () => {
      this.#open -= 1;
    });
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { status, headers = {} } = this.#answer(request, Buffer.concat(chunks)) ?? {};
    for (const look of this.#waiting) look();
    // Hangs: the connection stays open until the sender gives up.
    if (status !== undefined) response.writeHead(status, headers).end();
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {Buffer} body
   * @returns {Exclude<Behaviour, 'hang'> | null}
   */
  #answer(request, body) {
    const path = request.url ?? '';
    const endpoint = this.#endpoints.get(path);
    if (!endpoint) return { status: 404 };
    const behaviour =
      endpoint.behaviours.shift() ?? (endpoint.steady === CREATED ? this.#general : endpoint.steady);
    if (behaviour === 'hang') return null;
    try {
      const push = this.#check(request, endpoint, body);
      const taken = behaviour.status >= 200 && behaviour.status < 300;
      if (taken) this.received.push({ endpoint: `${this.origin}${path}`, ...push, at: Date.now() });
    } catch (error) {
      this.violations.push(error instanceof Error ? error.message : String(error));
      return { status: 400 };
    }
    return behaviour;
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {Endpoint} endpoint
   * @param {Buffer} body
   * @throws {Error} where the request is not as the protocols want it
   * @see https://www.rfc-editor.org/rfc/rfc8030
   */
  #check({ method, headers }, { curve, auth }, body) {
    const { ttl, urgency, topic } = headers;
    if (method !== 'POST') throw new Error(`method ${method}`);
    if (typeof ttl !== 'string' || !/^\d+$/.test(ttl)) throw new Error(`TTL ${ttl}`);
    if (headers['content-encoding'] !== 'aes128gcm') throw new Error('not aes128gcm');
    if (body.length > MOST_BYTES) throw new Error(`${body.length} bytes`);
    if (urgency !== undefined && !['very-low', 'low', 'normal', 'high'].includes(String(urgency)))
      throw new Error(`urgency ${urgency}`);
    if (topic !== undefined && !/^[A-Za-z0-9_-]{1,32}$/.test(String(topic)))
      throw new Error(`topic ${topic}`);
    checkVapid(headers.authorization, this.origin);
    return {
      text: decrypt(body, curve, auth).toString(),
      ttl: Number(ttl),
      urgency: urgency === undefined ? undefined : String(urgency),
      topic: topic === undefined ? undefined : String(topic),
    };
  }
}

/**
 * Starts a push service on a free port, with a certificate of its own.
 * @returns {Promise<PushService>}
 */
export async function startPushService() {
  const { key, cert } = testCertificate();
  const server = createServer({ key, cert, keepAliveTimeout: 60_000 });
  await new Promise((resolve) => {
    server.listen(0, 'localhost', () => resolve(undefined));
  });
  return new PushService(server, cert);
}

/**
 * @param {string | undefined} authorization
 * @param {string} origin of the push service
 * @see https://www.rfc-editor.org/rfc/rfc8292
 */
function checkVapid(authorization, origin) {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization ?? '') ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65 || point[0] !== 4) throw new Error('no VAPID key');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const signed = Buffer.from(`${head}.${claims}`);
  const bytes = Buffer.from(signature, 'base64url');
  if (!verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes))
    throw new Error('the VAPID signature is wrong');
  const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString());
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const now = Date.now() / 1000;
  if (alg !== 'ES256') throw new Error(`VAPID alg ${alg}`);
  if (aud !== origin) throw new Error(`VAPID aud ${aud}`);
  if (!(exp > now && exp <= now + DAY_S)) throw new Error(`VAPID exp ${exp}`);
  if (!/^(mailto:|https:)/.test(sub)) throw new Error(`VAPID sub ${sub}`);
}

/**
 * @param {Buffer} body
 * @param {import('node:crypto').ECDH} curve of the browser
 * @param {Buffer} auth
 * @see https://www.rfc-editor.org/rfc/rfc8291
 * @see https://www.rfc-editor.org/rfc/rfc8188
 */
function decrypt(body, curve, auth) {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  if (sealed.length > body.readUInt32BE(16)) throw new Error('more than one record');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), sender]);
  const ikm = Buffer.from(hkdfSync('sha256', curve.computeSecret(sender), auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('the padding is wrong');
  return padded.subarray(0, end);
}
