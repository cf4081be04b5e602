import 'reflect-metadata';
import { DatabaseUnavailableError, DataDirLockedError } from '@doclight/db';
import { SetupService } from './auth/setup.service.js';
import { createLogger } from './common/logger.js';
import { AllowedOrigins } from './config/allowed-origins.js';
import { ConfigError, loadConfig } from './config/config.js';
import { setNodeEnvironment } from './config/node-environment.js';
import { ControlService } from './control/control.service.js';
import { createApp } from './create-app.js';
import { announce, listenError } from './ops/announcement.js';
import { DemoService } from './ops/demo.service.js';

/** A stop that takes longer than this, in milliseconds, is cut short. */
const STOP_WITHIN_MS = 10_000;

async function main(): Promise<void> {
  const config = loadConfig();
  setNodeEnvironment(config.nextDev ? 'development' : 'production');
  const log = createLogger(config.logLevel);
  const { prepareWeb } = await import('./web/web-handler.js');
  const app = await createApp(config, log, prepareWeb);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await app.close().catch((err) => log.error({ err }, 'could not stop cleanly'));
    process.exit();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  const seeded = config.demo ? await app.nest.get(DemoService).seed() : [];
  await app.listen();
  await app.nest.get(ControlService).start();
  const setupToken = await app.nest.get(SetupService).issueToken();
  announce(app.nest.get(AllowedOrigins).publicUrl, seeded, setupToken);
}

main().catch((error: unknown) => {
  const explained = [ConfigError, DataDirLockedError, DatabaseUnavailableError];
  const known = explained.some((kind) => error instanceof kind) ? (error as Error) : listenError(error);
  console.error(known ? known.message : error);
  process.exit(1);
});
