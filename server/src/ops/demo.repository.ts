import { type DatabaseHandle, demoAccounts, seedDemo } from '@doclight/db';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE } from '../database/database.token.js';

@Injectable()
export class DemoRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** Makes the demo workspace in an empty database. @returns the accounts' e-mails; none where there was one already */
  async seed(passwordHash: string): Promise<readonly string[]> {
    const seeded = await seedDemo(this.database.db, passwordHash);
    return seeded ? demoAccounts.map((account) => account.email) : [];
  }
}
