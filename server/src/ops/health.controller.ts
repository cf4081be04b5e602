import type { Health } from '@doclight/protocol';
import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '../auth/public.decorator.js';
import { ProblemError } from '../common/problem.js';
import { HealthService } from './health.service.js';

@Controller('api/health')
@Public()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  live(): Health {
    return { status: 'ok', checks: {} };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(): Promise<Health> {
    const health = await this.health.check();
    if (health.status === 'ok') return health;
    const down = Object.entries(health.checks).filter(([, { status }]) => status === 'down');
    const reasons = down.map(([name, { message }]) => `${name}: ${message ?? 'no answer'}`);
    throw new ProblemError('NOT_READY', `Not answering: ${reasons.join('; ')}.`, { checks: health.checks });
  }
}
