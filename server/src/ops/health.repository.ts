import type { DatabaseHandle } from '@doclight/db';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE } from '../database/database.token.js';

@Injectable()
export class HealthRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** Rejects where the database does not answer within `timeoutMs` milliseconds. */
  ping(timeoutMs: number): Promise<void> {
    return this.database.ping(timeoutMs);
  }
}
