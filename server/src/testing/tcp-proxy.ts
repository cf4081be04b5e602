import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** One connection through the proxy. */
interface Wire {
  readonly client: Socket;
  readonly target: Socket;
  /** What the client sent and the target has not got yet. */
  readonly held: Buffer[];
  /** Cut at the client's end; what it sent is delivered later. */
  severed: boolean;
}

/** A loopback proxy for TCP that loses what a network loses. */
export class TcpProxy {
  private readonly wires = new Set<Wire>();
  private blocked = false;
  private isCut = false;
  /** Chunks from the target that contain this are lost. */
  private dropped: string | undefined;
  /** Chunks lost so far. */
  losses = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly port: number; readonly host: string },
  ) {
    server.on('connection', (client) => this.forward(client));
  }

  static async start(port: number, host = '127.0.0.1'): Promise<TcpProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, { port, host });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Nothing passes and nothing is refused, as when a cable is out. Afterwards everything passes, late. */
  block(blocked: boolean): void {
    this.blocked = blocked;
    for (const wire of this.wires) {
      if (wire.severed) continue;
      for (const socket of [wire.client, wire.target]) blocked ? socket.pause() : socket.resume();
    }
  }

  /** Every connection breaks, and none is to be had. Afterwards they are. */
  cut(isCut: boolean): void {
    this.isCut = isCut;
    if (isCut) for (const { client, target } of this.wires) for (const end of [client, target]) end.destroy();
  }

  /** The connections there are fall silent for good, and nobody is told; new ones pass. */
  strand(): void {
    this.block(true);
    this.blocked = false;
  }

  /** Loses everything from the target that contains a text; undefined: nothing any more. */
  drop(text: string | undefined): void {
    this.dropped = text;
  }

  /**
   * Cuts the clients off. What they send in the same moment is under way, and arrives with `deliver`:
   * until then the target still has the connections.
   */
  hold(): void {
    for (const wire of this.wires) wire.severed = true;
  }

  /** Ends the clients' ends of the connections that are on `hold`: they may connect anew. */
  sever(): void {
    for (const { severed, client } of this.wires) if (severed) client.destroy();
  }

  /** What was held arrives. @returns how many bytes */
  deliver(): number {
    let bytes = 0;
    for (const { held, target } of this.wires) {
      for (const chunk of held.splice(0)) {
        bytes += chunk.length;
        target.write(chunk);
      }
    }
    return bytes;
  }

  async stop(): Promise<void> {
    for (const { client, target } of this.wires) {
      client.destroy();
      target.destroy();
    }
    this.server.close();
    await once(this.server, 'close');
  }

  private forward(client: Socket): void {
    if (this.isCut) {
      client.destroy();
      return;
    }
    const target = connect(this.target);
    const wire: Wire = { client, target, held: [], severed: false };
    this.wires.add(wire);
    client.on('data', (chunk) => {
      if (wire.severed) wire.held.push(chunk);
      else target.write(chunk);
    });
    target.on('data', (chunk) => {
      if (this.dropped !== undefined && chunk.includes(this.dropped)) this.losses += 1;
      else if (!wire.severed) client.write(chunk);
    });
    client.on('error', () => {});
    target.on('error', () => {});
    client.on('close', () => {
      if (!wire.severed) target.destroy();
    });
    target.on('close', () => {
      this.wires.delete(wire);
      client.destroy();
    });
    if (this.blocked) for (const socket of [client, target]) socket.pause();
  }
}
