import { createClient } from 'redis';
import { startOwnRedis } from '../../../scripts/lib/redis.mjs';

/** A Redis of a test's own, to be killed, emptied, paused and looked into. */
export class OwnRedis {
  private constructor(private running: Awaited<ReturnType<typeof startOwnRedis>>) {}

  static async start(): Promise<OwnRedis> {
    return new OwnRedis(await startOwnRedis());
  }

  get port(): number {
    return this.running.port;
  }

  /** Ends at once, as with SIGKILL. */
  kill(): Promise<void> {
    return this.running.stop();
  }

  /** Starts again after `kill`, on the same port, with nothing in it. */
  async startAgain(): Promise<void> {
    this.running = await startOwnRedis(this.port);
  }

  pause(): void {
    process.kill(this.running.pid, 'SIGSTOP');
  }

  resume(): void {
    process.kill(this.running.pid, 'SIGCONT');
  }

  /** Sends one command. */
  async ask<T>(...args: string[]): Promise<T> {
    const client = createClient({ url: `redis://127.0.0.1:${this.port}` });
    client.on('error', () => {});
    await client.connect();
    try {
      return await client.sendCommand<T>(args);
    } finally {
      client.destroy();
    }
  }
}
