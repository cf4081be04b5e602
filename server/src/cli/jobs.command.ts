import {
  dropJobs,
  JOBS_AT_ONCE,
  type JobRow,
  jobStateSchema,
  type ListJobsInput,
  listJobs,
  retryJobs,
  type WhichJobs,
} from '../jobs/jobs-operator.service.js';
import { type Command, type CommandContext, connected, readArguments, UsageError } from './command.js';
import { printable } from './tally.js';

const usage = `Usage: npm run jobs -- list [--state waiting|running|dead] [--kind KIND] [--json]
       npm run jobs -- retry ID... | --all-dead [--kind KIND]
       npm run jobs -- drop ID... | --all-dead [--kind KIND]

Work that is done in the background: pictures in small, pushes. What fails is tried again, each time
later; what fails too often is dead, is kept for 30 days, and waits for you.

list   prints the jobs there are, the oldest first; what is done is not kept
retry  lets dead ones be tried anew, and those that wait for their next attempt at once
drop   deletes them undone

  --json      a line of JSON for each, for scripts
  --all-dead  all dead ones, with --kind of that kind only`;

const kindOption = { kind: { type: 'string' } } as const;

/** What operators do with jobs. */
export const jobsCommand: Command = {
  usage,
  async run([action, ...args], context) {
    switch (action) {
      case 'list':
        return list(args, context);
      case 'retry':
        return change(args, context, 'retry');
      case 'drop':
        return change(args, context, 'drop');
      default:
        throw new UsageError(action === undefined ? 'Say what to do.' : `There is no \`jobs ${action}\`.`);
    }
  },
};

async function list(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...kindOption,
    state: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (positionals.length > 0) throw new UsageError(`What is ${positionals[0]}?`);
  const state = jobStateSchema.optional().safeParse(values.state);
  if (!state.success) throw new UsageError(`Say with --state: ${jobStateSchema.options.join(', ')}.`);
  const filter = { ...kindOf(values.kind), ...(state.data === undefined ? {} : { state: state.data }) };
  const print = values.json ? (job: JobRow) => JSON.stringify(job) : describe;
  return connected(context, async (backend) => {
    let after: string | undefined;
    for (;;) {
      const input: ListJobsInput = {
        ...filter,
        limit: JOBS_AT_ONCE,
        ...(after === undefined ? {} : { after }),
      };
      const jobs = await backend.run(listJobs, input);
      if (jobs.length > 0) context.out(jobs.map(print).join('\n'));
      else if (after === undefined) context.err.write('There are no such jobs.\n');
      after = jobs.at(-1)?.id;
      if (jobs.length < JOBS_AT_ONCE) return 0;
    }
  });
}

async function change(
  args: readonly string[],
  context: CommandContext,
  action: 'retry' | 'drop',
): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...kindOption,
    'all-dead': { type: 'boolean', default: false },
  });
  const which = whichOf(positionals, values['all-dead'], values.kind);
  const operation = action === 'retry' ? retryJobs : dropJobs;
  const { count } = await connected(context, (backend) => backend.run(operation, which));
  context.out(
    `${count} ${count === 1 ? 'job' : 'jobs'} ${action === 'retry' ? 'up for another try' : 'dropped'}.`,
  );
  return 0;
}

function whichOf(ids: readonly string[], allDead: boolean, kind: string | undefined): WhichJobs {
  if (allDead && ids.length > 0) throw new UsageError('Name jobs, or say --all-dead, not both.');
  if (allDead) return { allDead, ...kindOf(kind) };
  if (kind !== undefined) throw new UsageError('--kind goes with --all-dead.');
  const odd = ids.find((id) => !/^\d{1,18}$/.test(id));
  if (odd !== undefined) throw new UsageError(`${odd} is no number of a job; \`jobs list\` shows them.`);
  if (ids.length === 0) throw new UsageError('Name the jobs by number, or say --all-dead.');
  return { ids: [...new Set(ids)] };
}

function kindOf(kind: string | undefined): { kind?: string } {
  return kind === undefined ? {} : { kind };
}

/** A line, and another one with what went wrong last. */
function describe(job: JobRow): string {
  const key = job.key === null ? '' : ` (${printable(job.key)})`;
  const error = job.lastError === null ? '' : `\n    ${printable(job.lastError)}`;
  return `${job.id}  ${printable(job.kind)}${key}  ${stateOf(job)}, attempts: ${job.attempts}${error}`;
}

function stateOf({ state, runAt, diedAt, worker }: JobRow): string {
  if (state === 'running') return `running on ${printable(worker ?? '?')}`;
  return state === 'dead' ? `dead since ${diedAt}` : `waiting, due ${runAt}`;
}
