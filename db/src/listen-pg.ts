import pg from 'pg';
import type { NotificationListener } from './notification-listener.js';

const RETRY_MS = { first: 100, most: 2_000 };
/** A connection that stays silent is asked this often, so that a half-open one is noticed. */
const KEEPALIVE_MS = 5_000;

/** LISTEN on a connection of its own, which is opened again after every loss. */
export async function listenPg(
  url: string,
  channels: readonly string[],
  listener: NotificationListener,
): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | undefined;
  let keepalive: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  let delay = RETRY_MS.first;

  const lost = (failed: pg.Client, error: Error) => {
    if (stopped || client !== failed) return;
    client = undefined;
    clearInterval(keepalive);
    failed.end().catch(() => {});
    listener.onLost(error);
    retry = setTimeout(() => void connect().catch(() => {}), delay);
    delay = Math.min(delay * 2, RETRY_MS.most);
  };

  const connect = async () => {
    const fresh = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      query_timeout: KEEPALIVE_MS,
      application_name: 'doclight-listen',
    });
    client = fresh;
    fresh.on('error', (error) => lost(fresh, error));
    fresh.on('end', () => lost(fresh, new Error('connection ended')));
    fresh.on('notification', (message) => listener.onNotification(message.channel, message.payload ?? ''));
    try {
      await fresh.connect();
      for (const channel of channels) await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      lost(fresh, error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
    delay = RETRY_MS.first;
    keepalive = setInterval(() => {
      fresh.query('select 1').catch((error: Error) => lost(fresh, error));
    }, KEEPALIVE_MS);
    listener.onListening();
  };

  await connect();
  return async () => {
    stopped = true;
    clearInterval(keepalive);
    clearTimeout(retry);
    await client?.end();
  };
}
