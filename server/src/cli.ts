import 'reflect-metadata';
import { DatabaseUnavailableError, DataDirLockedError, dataDirHolder } from '@doclight/db';
import { connect } from './cli/connect.js';
import { openLocally } from './cli/local-backend.js';
import { runCommand } from './cli/run-command.js';
import { createLogger } from './common/logger.js';
import { ConfigError, loadConfig } from './config/config.js';
import { callerFolder } from './config/node-environment.js';

/** Operators' commands: `cli.js import | export | accounts | jobs …`. */
async function main(): Promise<number> {
  return runCommand(process.argv.slice(2), {
    out: (lines) => process.stdout.write(`${lines}\n`),
    err: process.stderr,
    in: process.stdin,
    folder: callerFolder(),
    connect: () => {
      const config = loadConfig();
      // What a server tells its operator all along is noise around the answer of a command.
      const log = createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel);
      return connect(config, {
        holder: () => dataDirHolder(config.dataDir),
        open: () => openLocally(config, log),
        isTaken: (error) => error instanceof DataDirLockedError,
      });
    },
  });
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const explained = error instanceof ConfigError || error instanceof DatabaseUnavailableError;
    console.error(explained ? error.message : error);
    process.exitCode = 1;
  },
);
