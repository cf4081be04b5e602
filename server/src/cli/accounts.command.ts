import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { type Role, roleSchema } from '@doclight/protocol';
import { addAccount, mintSessions, SESSIONS_AT_ONCE, setPassword } from '../accounts/accounts.service.js';
import { CommandError } from '../common/command-error.js';
import {
  type Command,
  type CommandContext,
  connected,
  onlyOne,
  readArguments,
  UsageError,
} from './command.js';

/** Enough for any load test, and few enough that a slip of the finger does no harm. */
const MOST_SESSIONS = 1_000_000;

const usage = `Usage: npm run accounts -- add EMAIL --name NAME --role owner|editor|viewer [--workspace SLUG] [--password-stdin]
       npm run accounts -- password EMAIL [--password-stdin]
       npm run accounts -- sessions --count N [--workspace SLUG]

add       makes an account in a workspace, and prints its password, this once
password  sets a new password, prints it, and ends the person's sessions
sessions  makes N people with a session each, for load tests, and prints a line of JSON for each:
          {"userId":"...","cookie":"doclight_session=..."}

  --password-stdin  takes the password from the first line of standard input, and prints none
  --workspace SLUG  which; not needed where there is one workspace only`;

const passwordOption = { 'password-stdin': { type: 'boolean', default: false } } as const;
const workspaceOption = { workspace: { type: 'string' } } as const;

/** What operators do with accounts. */
export const accountsCommand: Command = {
  usage,
  async run([action, ...args], context) {
    switch (action) {
      case 'add':
        return add(args, context);
      case 'password':
        return password(args, context);
      case 'sessions':
        return sessions(args, context);
      default:
        throw new UsageError(
          action === undefined ? 'Say what to do.' : `There is no \`accounts ${action}\`.`,
        );
    }
  },
};

async function add(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...passwordOption,
    ...workspaceOption,
    name: { type: 'string' },
    role: { type: 'string' },
  });
  const email = onlyOne(positionals, 'the e-mail address');
  if (values.name === undefined) throw new UsageError('Say with --name what the person is called.');
  const input = { email, name: values.name, role: roleOf(values.role), ...workspaceOf(values.workspace) };
  const given = await passwordFrom(context, values['password-stdin']);
  const added = await connected(context, (backend) => backend.run(addAccount, { ...input, ...given }));
  context.out(`Added ${added.email} to ${added.workspace} as ${added.role}.`);
  if (added.password !== null) context.out(`Password: ${added.password}`);
  return 0;
}

async function password(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(args, passwordOption);
  const email = onlyOne(positionals, 'the e-mail address');
  const given = await passwordFrom(context, values['password-stdin']);
  const set = await connected(context, (backend) => backend.run(setPassword, { email, ...given }));
  context.out(`The password of ${email} is set, and all sessions are ended.`);
  if (set.password !== null) context.out(`Password: ${set.password}`);
  return 0;
}

async function sessions(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(args, { ...workspaceOption, count: { type: 'string' } });
  if (positionals.length > 0) throw new UsageError(`What is ${positionals[0]}? Say how many with --count.`);
  const count = /^\d{1,7}$/.test(values.count ?? '') ? Number(values.count) : 0;
  if (count < 1 || count > MOST_SESSIONS) {
    throw new UsageError(`Say with --count how many, from 1 to ${MOST_SESSIONS}.`);
  }
  return connected(context, async (backend) => {
    for (let left = count; left > 0; left -= SESSIONS_AT_ONCE) {
      const minted = await backend.run(mintSessions, {
        count: Math.min(left, SESSIONS_AT_ONCE),
        ...workspaceOf(values.workspace),
      });
      context.out(minted.map((session) => JSON.stringify(session)).join('\n'));
    }
    return 0;
  });
}

function roleOf(role: string | undefined): Role {
  const parsed = roleSchema.safeParse(role);
  if (!parsed.success) throw new UsageError(`Say with --role: ${roleSchema.options.join(', ')}.`);
  return parsed.data;
}

function workspaceOf(workspace: string | undefined): { workspace?: string } {
  return workspace === undefined ? {} : { workspace };
}

async function passwordFrom(context: CommandContext, fromInput: boolean): Promise<{ password?: string }> {
  if (!fromInput) return {};
  for await (const line of createInterface({ input: Readable.from(context.in) })) return { password: line };
  throw new CommandError('There is no password on standard input.');
}
