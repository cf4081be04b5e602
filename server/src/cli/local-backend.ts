import { NestFactory } from '@nestjs/core';
import type { Logger } from 'pino';
import { nestLogger } from '../common/logger.js';
import type { Config } from '../config/config.js';
import { OperationsService } from '../control/operations.service.js';
import type { Backend } from './command.js';
import { OperatorModule } from './operator.module.js';

/** Opens the database in this process, without listening for anyone. */
export async function openLocally(config: Config, log: Logger): Promise<Backend> {
  const context = await NestFactory.createApplicationContext(OperatorModule.with(config, log), {
    logger: nestLogger(log),
    abortOnError: false,
  });
  const operations = context.get(OperationsService, { strict: false });
  return {
    run: async <Output>(operation: { name: string; output?: Output }, input: unknown) =>
      (await operations.run(operation.name, input)) as Output,
    close: () => context.close(),
  };
}
