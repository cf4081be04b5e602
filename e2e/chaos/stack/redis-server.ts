import { once } from 'node:events';
import { connect } from 'node:net';
import { startOwnRedis } from '../../../scripts/lib/redis.mjs';

/** A Redis of the suite's own, to be killed, emptied and paused. */
export class RedisServer {
  private constructor(private running: Awaited<ReturnType<typeof startOwnRedis>>) {}

  static async start(): Promise<RedisServer> {
    return new RedisServer(await startOwnRedis());
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

  async empty(): Promise<void> {
    const socket = connect(this.port, '127.0.0.1');
    socket.write('FLUSHALL\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    if (!answer.toString().startsWith('+OK')) throw new Error(`FLUSHALL: ${answer}`);
  }
}
