import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type BareChange, statusOf } from './status.js';

// What Doclight is measured against: every status is told to every dashboard as it comes, by `ws` and nothing else.
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
const dashboards = new Set<WebSocket>();
let version = Date.now() * 1_000;

server.on('connection', (socket, { url }) => {
  if (url === '/dashboard') {
    dashboards.add(socket);
    socket.on('close', () => dashboards.delete(socket));
  }
  socket.on('message', (data) => {
    version += 1;
    const status = JSON.stringify(statusOf(JSON.parse(String(data)) as BareChange, version));
    for (const dashboard of dashboards) dashboard.send(status);
  });
});
server.on('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
