import { describe, expect, it } from 'vitest';
import { CommandError } from '../common/command-error.js';
import { operate } from '../testing/operator.js';

describe('runCommand', () => {
  const unreachable = async (): Promise<never> => {
    throw new CommandError('The database is away.');
  };

  it.each([
    [[]],
    [['fly']],
    [['import']],
    [['import', 'a', 'b']],
    [['import', 'a', '--fast']],
    [['import', '']],
    [['export']],
    [['accounts']],
    [['accounts', 'remove']],
    [['accounts', 'add', '--name', 'A', '--role', 'owner']],
    [['accounts', 'add', 'a@b.c', '--role', 'owner']],
    [['accounts', 'add', 'a@b.c', '--name', 'A']],
    [['accounts', 'add', 'a@b.c', '--name', 'A', '--role', 'king']],
    [['accounts', 'password']],
    [['accounts', 'sessions']],
    [['accounts', 'sessions', '--count', '0']],
    [['accounts', 'sessions', '--count', '1e3']],
    [['accounts', 'sessions', '--count', '3', '4']],
    [['jobs']],
    [['jobs', 'run']],
    [['jobs', 'list', '--state', 'done']],
    [['jobs', 'retry']],
    [['jobs', 'retry', 'x']],
    [['jobs', 'retry', '1', '--all-dead']],
    [['jobs', 'drop', '1', '--kind', 'k']],
  ])('explains itself where the arguments do not fit: %j', async (args) => {
    const { status, out, err } = await operate(unreachable, args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^\S.+\n\nUsage: npm run /);
  });

  it.each([['import'], ['export'], ['accounts'], ['jobs'], ['']])(
    'prints the usage of %s when asked',
    async (name) => {
      const { status, out, err } = await operate(unreachable, [name, '--help']);
      expect([status, err]).toEqual([0, '']);
      expect(out).toContain(`Usage: npm run ${name}`);
    },
  );

  it('fails with the reason where the database cannot be reached', async () => {
    const failed = await operate(unreachable, ['accounts', 'password', 'a@b.c']);
    expect(failed).toEqual({ status: 1, out: '', err: 'The database is away.\n' });
  });
});
