import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AllowedOrigins } from './allowed-origins.js';
import type { Config } from './config.js';
import { CONFIG } from './config.token.js';

/** Makes the checked configuration available everywhere. */
@Global()
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest module is a class
export class ConfigModule {
  static with(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: AllowedOrigins, useValue: new AllowedOrigins(config) },
      ],
      exports: [CONFIG, AllowedOrigins],
    };
  }
}
