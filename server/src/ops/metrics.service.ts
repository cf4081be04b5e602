import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { SocketServerService } from '../realtime/socket-server.service.js';

/** What operators watch, in Prometheus' terms; every name starts `doclight_`. */
@Injectable()
export class MetricsService {
  private readonly registry = new Registry();

  constructor(sockets: SocketServerService) {
    collectDefaultMetrics({ register: this.registry, prefix: 'doclight_' });
    new Gauge({
      name: 'doclight_socket_connections',
      help: 'Sockets connected to this gateway.',
      registers: [this.registry],
      collect() {
        this.set(sockets.connections);
      },
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
