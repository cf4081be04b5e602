import { createClient } from 'redis';

/** What Redis has used since it started, over all servers of a cluster. */
export interface RedisUse {
  /** Seconds, user and system, of all threads. */
  readonly cpuSeconds: number;
  /** Runs of a script, and seconds in them. */
  readonly scripts: number;
  readonly scriptSeconds: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** What it holds now, without the space it has reserved. */
  readonly memoryBytes: number;
}

export interface RedisMeter {
  read(): Promise<RedisUse>;
  close(): void;
}

/**
 * Asks every server what it has used. @see https://redis.io/docs/latest/commands/info/
 * @param url one address, or several joined by commas
 */
export async function redisMeter(url: string): Promise<RedisMeter> {
  const clients = url.split(',').map((one) => createClient({ url: one }));
  await Promise.all(clients.map((client) => client.connect()));
  return {
    read: async () => {
      const infos = await Promise.all(clients.map((client) => client.info('everything')));
      const sum = (name: string): number => infos.reduce((total, info) => total + numberIn(info, name), 0);
      return {
        cpuSeconds: sum('used_cpu_user:') + sum('used_cpu_sys:'),
        scripts: sum('cmdstat_eval:calls='),
        scriptSeconds: sum('cmdstat_eval:calls=\\d+,usec=') / 1e6,
        bytesIn: sum('total_net_input_bytes:'),
        bytesOut: sum('total_net_output_bytes:'),
        memoryBytes: sum('used_memory:'),
      };
    },
    close: () => {
      for (const client of clients) client.destroy();
    },
  };
}

function numberIn(info: string, name: string): number {
  return Number(new RegExp(`^${name}(\\d+(?:\\.\\d+)?)`, 'm').exec(info)?.[1] ?? 0);
}
