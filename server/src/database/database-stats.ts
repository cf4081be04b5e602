import type { DatabaseHandle, DatabaseObserver, PoolState } from '@doclight/db';
import { Injectable } from '@nestjs/common';
import { Durations, SHORT_SECONDS } from '../common/durations.js';

/** How long the database takes, for whoever operates the server. */
@Injectable()
export class DatabaseStats implements DatabaseObserver {
  readonly queries = new Durations(SHORT_SECONDS);
  /** Waits for a connection of the pool. */
  readonly waits = new Durations(SHORT_SECONDS);
  /** Queries that failed. */
  failures = 0;
  private database: DatabaseHandle | undefined;

  /** Called once, when it is open. */
  watch(database: DatabaseHandle): void {
    this.database = database;
  }

  /** The pool as it is now; null: there is none. */
  pool(): PoolState | null {
    return this.database?.pool() ?? null;
  }

  queried(seconds: number, failed: boolean): void {
    this.queries.observe(seconds);
    if (failed) this.failures += 1;
  }

  waited(seconds: number): void {
    this.waits.observe(seconds);
  }
}
