import { CommandError } from '../common/command-error.js';
import { accountsCommand } from './accounts.command.js';
import { type Command, type CommandContext, UsageError } from './command.js';
import { exportCommand } from './export.command.js';
import { importCommand } from './import.command.js';
import { jobsCommand } from './jobs.command.js';

const commands = new Map<string, Command>([
  ['import', importCommand],
  ['export', exportCommand],
  ['accounts', accountsCommand],
  ['jobs', jobsCommand],
]);

const FAILED = 1;
const MISUSED = 2;

/**
 * Runs one command.
 * @param args the command first, then what it is given
 * @returns the exit status: 0 done, 1 failed, 2 the arguments do not fit
 * @throws what is nobody's mistake but ours
 */
export async function runCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const [name = '', ...rest] = args;
  const command = commands.get(name);
  const usage = command?.usage ?? [...commands.values()].map((each) => each.usage).join('\n\n');
  if (args.includes('--help') || args.includes('-h')) {
    context.out(usage);
    return 0;
  }
  try {
    if (!command) throw new UsageError(name === '' ? 'Name a command.' : `There is no command ${name}.`);
    return await command.run(rest, context);
  } catch (error) {
    if (error instanceof UsageError) {
      context.err.write(`${error.message}\n\n${usage}\n`);
      return MISUSED;
    }
    if (error instanceof CommandError) {
      context.err.write(`${error.message}\n`);
      return FAILED;
    }
    throw error;
  }
}
