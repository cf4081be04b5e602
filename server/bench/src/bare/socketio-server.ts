import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { type BareChange, statusOf } from './status.js';

// The same by Socket.IO: what Doclight stands on, without anything of Doclight. The heartbeat is Doclight's.
const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  pingInterval: Number(process.env.PING_INTERVAL_MS),
  pingTimeout: Number(process.env.PING_TIMEOUT_MS),
});
let version = Date.now() * 1_000;

io.on('connection', (socket) => {
  socket.on('dashboard:join', (_payload: unknown, acknowledge: (answer: unknown) => void) => {
    socket.join('dashboards');
    acknowledge({ ok: true, data: {} });
  });
  socket.on('presence:set', (change: BareChange, acknowledge: (answer: unknown) => void) => {
    version += 1;
    io.to('dashboards').emit('presence:diff', statusOf(change, version));
    acknowledge({ ok: true, data: {} });
  });
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
