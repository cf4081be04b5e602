import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainEvents } from './domain-events.js';
import { LOGGER } from './logger.js';

/** What every feature may use: the logger and the domain events. */
@Global()
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest module is a class
export class CommonModule {
  static with(log: Logger): DynamicModule {
    return {
      module: CommonModule,
      providers: [{ provide: LOGGER, useValue: log }, DomainEvents],
      exports: [LOGGER, DomainEvents],
    };
  }
}
