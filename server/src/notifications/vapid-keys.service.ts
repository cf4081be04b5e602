import { Inject, Injectable } from '@nestjs/common';
import webPush from 'web-push';
import { AllowedOrigins } from '../config/allowed-origins.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { SettingsRepository } from './settings.repository.js';

const SETTING = 'vapid_keys';
/** A signed token is used for so long, in milliseconds; push services take none of more than 24 h. */
const TOKEN_USE_MS = 60 * 60 * 1000;
const TOKEN_LIFETIME_S = 12 * 60 * 60;
/** Push services a token is kept for; there are a handful. */
const MOST_TOKENS = 100;

export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * Who this installation is to push services.
 * @see https://www.rfc-editor.org/rfc/rfc8292
 */
@Injectable()
export class VapidKeysService {
  private found: Promise<VapidKeys> | undefined;
  /** Authorization headers by origin of the push service. */
  private readonly tokens = new Map<string, { header: string; signedAt: number }>();

  constructor(
    private readonly settings: SettingsRepository,
    private readonly origins: AllowedOrigins,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Those of the environment, else those of the database, made at the first call of any gateway. */
  keys(): Promise<VapidKeys> {
    this.found ??= this.find().catch((error) => {
      this.found = undefined;
      throw error;
    });
    return this.found;
  }

  /**
   * The Authorization header for a push service. Signing takes longer than encrypting: one signature serves
   * for all that goes there within an hour.
   */
  async authorization(endpoint: string): Promise<string> {
    const { origin } = new URL(endpoint);
    const now = Date.now();
    const known = this.tokens.get(origin);
    if (known && now - known.signedAt < TOKEN_USE_MS) return known.header;
    const { publicKey, privateKey } = await this.keys();
    const expiresAt = Math.floor(now / 1000) + TOKEN_LIFETIME_S;
    const { Authorization: header } = webPush.getVapidHeaders(
      origin,
      this.subject,
      publicKey,
      privateKey,
      'aes128gcm',
      expiresAt,
    );
    if (this.tokens.size >= MOST_TOKENS) this.tokens.clear();
    this.tokens.set(origin, { header, signedAt: now });
    return header;
  }

  private get subject(): string {
    if (this.config.push.vapidSubject !== undefined) return this.config.push.vapidSubject;
    return this.origins.secure ? this.origins.publicUrl : 'mailto:operator@doclight.invalid';
  }

  private async find(): Promise<VapidKeys> {
    if (this.config.push.vapidKeys) return this.config.push.vapidKeys;
    const stored = await this.settings.findOrAdd(SETTING, JSON.stringify(webPush.generateVAPIDKeys()));
    return JSON.parse(stored) as VapidKeys;
  }
}
