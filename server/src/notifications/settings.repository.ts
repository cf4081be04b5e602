import { type DatabaseHandle, schema } from '@doclight/db';
import { Inject, Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { DATABASE } from '../database/database.token.js';

const { settings } = schema;

/** What notifications need the installation to remember. */
@Injectable()
export class SettingsRepository {
  constructor(@Inject(DATABASE) private readonly database: DatabaseHandle) {}

  /** The value of a setting; `value` becomes it where there is none. Of several gateways one is the first. */
  async findOrAdd(key: string, value: string): Promise<string> {
    const { db } = this.database;
    const read = () => db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
    const [known] = await read();
    if (known) return known.value;
    await db.insert(settings).values({ key, value }).onConflictDoNothing();
    const [row] = await read();
    if (!row) throw new Error('a setting that was just stored is gone');
    return row.value;
  }
}
