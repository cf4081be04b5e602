import WebSocket from 'ws';

const CODE = { open: 0x30, ping: 0x32, message: 0x34, connect: 0x30, event: 0x32, ack: 0x33, refused: 0x34 };
/** Where the name of an event begins, in `42["name"`. */
const NAME_AT = 4;
const PRESENCE_DIFF = 'p'.charCodeAt(0);

/** What one socket was sent. */
export interface Received {
  /** Frames of presence. */
  frames: number;
  /** Their size. */
  bytes: number;
}

/**
 * A Socket.IO client that costs the load next to nothing: what it is not asked to read it only counts.
 * It speaks just what the benchmark needs of Engine.IO 4 and Socket.IO 5 over one WebSocket.
 * @see https://socket.io/docs/v4/engine-io-protocol/
 * @see https://socket.io/docs/v4/socket-io-protocol/
 */
export class Wire {
  readonly received: Received = { frames: 0, bytes: 0 };
  /** Called with every presence frame, as it came, where set. */
  onDiff: ((frame: Buffer) => void) | null = null;
  /** Called with the text of every other event, where set. */
  onEvent: ((text: string) => void) | null = null;
  onClose: (() => void) | null = null;
  private readonly socket: WebSocket;
  private readonly waiting = new Map<
    number,
    (answer: { ok: boolean; data?: unknown; error?: unknown }) => void
  >();
  private asked = 0;
  private constructor(url: string, cookie: string, settle: (error?: Error) => void) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      headers: { cookie, origin: url },
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    this.socket.on('message', (data: Buffer) => this.take(data, settle));
    this.socket.on('error', (error) => settle(error));
    this.socket.on('close', () => {
      settle(new Error('closed'));
      for (const answer of this.waiting.values()) answer({ ok: false, error: 'closed' });
      this.waiting.clear();
      this.onClose?.();
    });
  }

  /** Connects and authenticates. @throws Error where the server refuses or is not there */
  static connect(url: string, cookie: string): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const wire: Wire = new Wire(url, cookie, (error) => (error ? reject(error) : resolve(wire)));
    });
  }

  /** Sends an event and waits for its acknowledgement. @throws Error with the code of a negative one */
  async ask<T>(event: string, payload: object): Promise<T> {
    const id = this.asked++;
    const { ok, data, error } = await new Promise<{ ok: boolean; data?: unknown; error?: unknown }>(
      (resolve) => {
        this.waiting.set(id, resolve);
        this.socket.send(`42${id}${JSON.stringify([event, payload])}`);
      },
    );
    if (!ok) throw new Error(`${event}: ${JSON.stringify(error)}`);
    return data as T;
  }

  close(): void {
    this.onClose = null;
    this.socket.terminate();
  }

  private take(data: Buffer, settle: (error?: Error) => void): void {
    switch (data[0]) {
      case CODE.open:
        this.socket.send('40{"protocol":1}');
        return;
      case CODE.ping:
        this.socket.send('3');
        return;
      case CODE.message:
        this.takeMessage(data, settle);
    }
  }

  private takeMessage(data: Buffer, settle: (error?: Error) => void): void {
    switch (data[1]) {
      case CODE.event:
        if (data[NAME_AT] === PRESENCE_DIFF) {
          this.received.frames += 1;
          this.received.bytes += data.length;
          this.onDiff?.(data);
        } else this.onEvent?.(data.toString('utf8', 2));
        return;
      case CODE.ack: {
        const text = data.toString('utf8', 2);
        const from = text.indexOf('[');
        const id = Number(text.slice(0, from));
        this.waiting.get(id)?.((JSON.parse(text.slice(from)) as [{ ok: boolean }])[0]);
        this.waiting.delete(id);
        return;
      }
      case CODE.connect:
        settle();
        return;
      case CODE.refused:
        settle(new Error(data.toString('utf8', 2)));
    }
  }
}
