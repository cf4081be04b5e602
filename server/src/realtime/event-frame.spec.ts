import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { encodeEvent, sendFrame } from './event-frame.js';
import type { DoclightSocket } from './socket-types.js';

/** Lengths around those at which a WebSocket frame says its length in another way. */
const LENGTHS = [0, 1, 90, 100, 101, 102, 103, 104, 105, 65_500, 65_510, 65_511, 65_512, 65_513, 70_000];

describe('an encoded event', () => {
  let server: WebSocketServer;
  let client: WebSocket;
  let connection: Duplex;

  beforeAll(async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const accepts = once(server, 'connection');
    client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [accepted] = (await accepts) as [WebSocket & { readonly _socket: Duplex }];
    connection = accepted._socket;
    await once(client, 'open');
  });
  afterAll(() => {
    client.terminate();
    server.close();
  });

  it.each(LENGTHS)(
    'is a frame that a WebSocket understands, with a text of %i characters',
    async (length) => {
      for (const sign of ['x', 'é', '🦀']) {
        const payload = JSON.stringify(sign.repeat(length / sign.length));
        const { packet, bytes } = encodeEvent('document:presence', payload);
        expect(packet).toBe(`2["document:presence",${payload}]`);
        const received = once(client, 'message') as Promise<[Buffer, boolean]>;
        connection.write(bytes);
        const [message, isBinary] = await received;
        expect(message.toString()).toBe(`4${packet}`);
        expect(isBinary).toBe(false);
      }
    },
  );
});

describe('a frame that is sent', () => {
  const frame = encodeEvent('presence:diff', '{}');

  /** A socket's insides, all ready, but for what is said. */
  function socket(but: {
    readyState?: string;
    writable?: boolean;
    writeBuffer?: unknown[];
    wsState?: number;
    writableLength?: number;
    perMessageDeflate?: object;
    below?: null;
  }) {
    const straight: Buffer[] = [];
    const queued: { packet: string; options: object }[] = [];
    const { readyState = 'open', writable = true, writeBuffer = [], perMessageDeflate = null } = but;
    const below = {
      writableLength: but.writableLength ?? 0,
      write: (bytes: Buffer) => straight.push(bytes) > 0,
    };
    const ws = { readyState: but.wsState ?? WebSocket.OPEN, _socket: but.below === null ? undefined : below };
    const conn = {
      readyState,
      writeBuffer,
      transport: { writable, perMessageDeflate, socket: ws },
      write: (packet: string, options: object) => queued.push({ packet, options }),
    };
    return { straight, queued, socket: { conn } as unknown as DoclightSocket };
  }

  it('goes straight to the connection where nothing waits', () => {
    const ready = socket({});
    sendFrame(ready.socket, frame);
    expect(ready.straight).toEqual([frame.bytes]);
    expect(ready.queued).toEqual([]);
  });

  it.each([
    ['a packet that waits', { writeBuffer: [{}] }],
    ['a packet that is being written', { writable: false }],
    ['bytes that the connection has not taken', { writableLength: 1 }],
    ['an Engine.IO connection that closes', { readyState: 'closing' }],
    ['a WebSocket that closes', { wsState: WebSocket.CLOSING }],
    ['compression that was agreed on', { perMessageDeflate: {} }],
    ['a connection that is not there any more', { below: null }],
  ] as const)('goes behind %s', (_, but) => {
    const busy = socket({ ...but, writeBuffer: 'writeBuffer' in but ? [...but.writeBuffer] : [] });
    sendFrame(busy.socket, frame);
    expect(busy.straight).toEqual([]);
    expect(busy.queued).toEqual([
      { packet: frame.packet, options: { compress: false, wsPreEncodedFrame: [frame.bytes] } },
    ]);
  });
});
