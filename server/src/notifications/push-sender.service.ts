import { createHash } from 'node:crypto';
import { Agent, request } from 'node:https';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { PushPayload } from '@doclight/protocol';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import webPush from 'web-push';
import { LOGGER } from '../common/logger.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { endpointFault, publicLookup } from './push-endpoint.js';
import { outcomeOf, type PushOutcome } from './push-outcome.rules.js';
import type { PushTarget } from './push-target.js';
import { VapidKeysService } from './vapid-keys.service.js';

/** An attempt that takes longer than this, in milliseconds, has failed. */
const TIMEOUT_MS = 10_000;
/** How long a push service keeps a notice for a device that is switched off, in seconds. */
export const PUSH_TTL_S = 24 * 60 * 60;
/** Connections to one push service. */
const MOST_CONNECTIONS = 32;
/** Longest texts in a payload, in UTF-16 code units: a push service takes 4,096 bytes with the encryption. */
const MOST_TITLE = 300;
const MOST_BODY = 500;

/** Encrypts a notice for a browser and hands it to the browser's push service, once. */
@Injectable()
export class PushSenderService implements OnModuleDestroy {
  /** For push services on the public internet. */
  private readonly agent: Agent;
  /** For those that the operator allows by name, wherever they are. */
  private readonly allowedAgent: Agent;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly vapid: VapidKeysService,
  ) {
    const { ca } = config.push;
    const options = {
      keepAlive: true,
      maxSockets: MOST_CONNECTIONS,
      // Made once: given as `ca`, the certificates would be part of the name of each connection, for each push.
      secureContext: createSecureContext(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    };
    this.agent = new Agent({ ...options, lookup: publicLookup });
    this.allowedAgent = new Agent(options);
  }

  onModuleDestroy(): void {
    this.agent.destroy();
    this.allowedAgent.destroy();
  }

  /** Never rejects: what goes wrong is the outcome. */
  async send(target: PushTarget, payload: PushPayload): Promise<PushOutcome> {
    // Settings may have changed since the browser subscribed.
    if (endpointFault(target.endpoint, this.config.push.allowedHosts) !== null) {
      return { kind: 'refused', reason: 'refused' };
    }
    let details: { headers: Record<string, string | number>; body: Buffer };
    try {
      details = await this.encrypt(target, payload);
    } catch (err) {
      this.log.warn({ err }, 'a push could not be encrypted');
      return { kind: 'refused', reason: 'refused' };
    }
    try {
      const { status, retryAfter } = await this.post(target.endpoint, details.headers, details.body);
      const outcome = outcomeOf(status, retryAfter, Date.now());
      if (outcome.kind === 'refused') {
        // The endpoint is a secret: whoever has it can push to that browser.
        const service = new URL(target.endpoint).host;
        this.log.warn({ service, status }, 'a push service refuses a push');
      }
      return outcome;
    } catch (err) {
      this.log.debug({ err }, 'a push service cannot be reached');
      return { kind: 'later', reason: 'unreachable', notBeforeMs: null };
    }
  }

  private async encrypt({ endpoint, p256dh, auth }: PushTarget, payload: PushPayload) {
    const text = JSON.stringify({
      ...payload,
      title: cut(payload.title, MOST_TITLE),
      body: cut(payload.body, MOST_BODY),
    });
    const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, text, {
      TTL: PUSH_TTL_S,
      urgency: 'normal',
      topic: topicOf(payload.tag),
      headers: { Authorization: await this.vapid.authorization(endpoint) },
    });
    return { headers: headers as Record<string, string | number>, body };
  }

  private post(
    endpoint: string,
    headers: Record<string, string | number>,
    body: Buffer,
  ): Promise<{ status: number; retryAfter: string | undefined }> {
    const url = new URL(endpoint);
    const allowed = this.config.push.allowedHosts.has(`${url.hostname}:${url.port || '443'}`);
    return new Promise((resolve, reject) => {
      const sent = request(url, {
        method: 'POST',
        headers,
        agent: allowed ? this.allowedAgent : this.agent,
        // Of the whole exchange: one that trickles would never be idle.
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      sent.on('response', (response) => {
        // Read to its end so that the connection serves again; nobody wants to know what it says.
        response.resume();
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/**
 * A newer push of the same topic replaces one that was not delivered yet.
 * @see https://www.rfc-editor.org/rfc/rfc8030#section-5.4 at most 32 characters of base64url
 */
function topicOf(tag: string): string {
  return createHash('sha256').update(tag).digest('base64url').slice(0, 32);
}

/** Cuts a text, not through a character. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
