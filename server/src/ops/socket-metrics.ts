import { connectErrorCodes } from '@doclight/protocol';
import type { Registry } from 'prom-client';
import type { SocketServerService } from '../realtime/socket-server.service.js';
import { counter, gauge } from './collectors.js';

/** Metrics of this gateway's sockets. */
export function registerSocketMetrics(registry: Registry, sockets: SocketServerService): void {
  const { stats } = sockets;
  gauge(
    registry,
    'doclight_socket_connections',
    'Sockets connected to this gateway.',
    () => sockets.connections,
  );
  gauge(
    registry,
    'doclight_people',
    'Distinct people connected to this gateway; who has tabs on two gateways is counted by both.',
    () => sockets.people,
  );
  counter(
    registry,
    'doclight_socket_connects_total',
    'Handshakes, by outcome: accepted, or the code of the refusal.',
    () => {
      // From zero on, so that the first refusal is seen as an increase.
      const seen = new Map<string, number>(['accepted', ...connectErrorCodes].map((code) => [code, 0]));
      for (const { labels, count } of stats.connects.read()) seen.set(labels[0], count);
      return [...seen].map(([outcome, count]) => [{ outcome }, count] as const);
    },
    ['outcome'],
  );
  counter(
    registry,
    'doclight_socket_disconnects_total',
    "Sockets that are gone, by Socket.IO's reason.",
    () => stats.disconnects.read().map(({ labels: [reason], count }) => [{ reason }, count] as const),
    ['reason'],
  );
  counter(
    registry,
    'doclight_socket_events_total',
    'Events of clients, by outcome: ok, the code of the error, or gone where the socket was before its turn.',
    () =>
      stats.events.read().map(({ labels: [event, outcome], count }) => [{ event, outcome }, count] as const),
    ['event', 'outcome'],
  );
  counter(
    registry,
    'doclight_socket_cut_off_total',
    'Clients that were cut off because they did not read what they were sent.',
    () => stats.cutOff,
  );
  counter(
    registry,
    'doclight_sent_bytes_total',
    'Bytes sent to sockets, on the wire: frames of presence and everything else.',
    () => sockets.traffic().sent,
  );
  counter(
    registry,
    'doclight_received_bytes_total',
    'Bytes received from sockets, on the wire.',
    () => sockets.traffic().received,
  );
}
