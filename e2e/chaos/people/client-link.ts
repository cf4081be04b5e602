import { Agent, type ClientRequestArgs } from 'node:http';
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * One tab's way into the network, as the agent of its WebSocket: it can be cut, go silent and come back.
 */
export class ClientLink extends Agent {
  private readonly open = new Set<Socket>();
  private isUp = true;

  override createConnection(
    options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex {
    if (!this.isUp) {
      const nowhere = new Socket();
      process.nextTick(() => nowhere.destroy(new Error('the network is down')));
      return nowhere;
    }
    const socket = connect({ host: options.host ?? '127.0.0.1', port: Number(options.port) });
    socket.setNoDelay(true);
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    if (callback) socket.once('connect', () => callback(null, socket));
    return socket;
  }

  /** The connections break, and both ends notice. */
  cut(): void {
    for (const socket of this.open) socket.destroy();
  }

  /** Nothing comes in or goes out any more, and nobody is told. */
  silence(): void {
    this.isUp = false;
    for (const socket of this.open) {
      socket.pause();
      socket.cork();
    }
  }

  /** The network is back: what was held back passes, where the connections are still there. */
  restore(): void {
    this.isUp = true;
    for (const socket of this.open) {
      socket.uncork();
      socket.resume();
    }
  }

  /** As `cut`, and new connections fail until `restore`. */
  unplug(): void {
    this.isUp = false;
    this.cut();
  }
}
