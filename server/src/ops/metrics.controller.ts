import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Public } from '../auth/public.decorator.js';
import { ProblemError } from '../common/problem.js';
import { type Config, isLoopback } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { MetricsService } from './metrics.service.js';

/** What proxies add; one of them is enough. */
const FORWARDING_HEADER =
  /^(?:forwarded|via|x-forwarded-.+|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip)$/;

@Controller('metrics')
@Public()
export class MetricsController {
  constructor(
    private readonly metrics: MetricsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Prometheus text. */
  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  read(@Req() request: Request): Promise<string> {
    const direct = isLoopback(request.socket.remoteAddress ?? '');
    const forwarded = Object.keys(request.headers).some((name) => FORWARDING_HEADER.test(name));
    if (!this.config.metricsPublic && (!direct || forwarded)) {
      throw new ProblemError(
        'FORBIDDEN',
        'Metrics are for this machine only. Set METRICS_PUBLIC=true to open them.',
      );
    }
    return this.metrics.text();
  }
}
