import { schema } from '@doclight/db';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backendOf, operate } from '../testing/operator.js';
import { engines } from '../testing/test-database.js';
import { TestServer } from '../testing/test-server.js';
import type { JobRow } from './jobs-operator.service.js';

describe.each(engines)('jobs as operators see them on %s', (engine) => {
  let server: TestServer;
  let ids: Record<'due' | 'later' | 'running' | 'dead' | 'keyed' | 'keyedToo', string>;
  beforeAll(async () => {
    server = await TestServer.start(engine, { demo: false });
  });
  afterAll(() => server.close());

  const run = (...args: string[]) => operate(async () => backendOf(server), ['jobs', ...args]);
  const listed = async (...args: string[]): Promise<JobRow[]> =>
    (await run('list', '--json', ...args)).out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as JobRow);
  const left = async () => (await listed()).map(({ id, state, attempts }) => [id, state, attempts]);

  beforeEach(async () => {
    await server.db.delete(schema.jobs);
    const tomorrow = new Date(Date.now() + 86_400_000);
    const died = { state: 'dead', attempts: 3, diedAt: new Date() } as const;
    const rows = await server.db
      .insert(schema.jobs)
      .values([
        { kind: 'test.a', payload: { secret: 'private title' } },
        { kind: 'test.a', payload: {}, runAt: tomorrow, attempts: 2, lastError: 'busy' },
        { kind: 'test.b', payload: {}, state: 'running', leaseUntil: tomorrow, worker: 'somebody' },
        { kind: 'test.b', payload: {}, ...died, lastError: 'broken\u001b[2J' },
        { kind: 'test.b', payload: { n: 1 }, key: 'k', ...died },
        { kind: 'test.b', payload: { n: 2 }, key: 'k', ...died },
      ])
      .returning({ id: schema.jobs.id });
    const [due, later, running, dead, keyed, keyedToo] = rows.map(({ id }) => String(id)) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    ids = { due, later, running, dead, keyed, keyedToo };
  });

  it('are listed with what went wrong, and without what they hold', async () => {
    const { status, out, err } = await run('list');
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain(`${ids.later}  test.a  waiting, due `);
    expect(out).toContain(`${ids.running}  test.b  running on somebody, attempts: 0`);
    expect(out).toMatch(
      new RegExp(`^${ids.dead}  test.b  dead since .*, attempts: 3\\n    broken�\\[2J$`, 'm'),
    );
    expect(out).toContain(`${ids.keyed}  test.b (k)  dead since `);
    expect(out).not.toContain('private');
    expect((await listed('--state', 'dead')).map(({ id }) => id)).toEqual([
      ids.dead,
      ids.keyed,
      ids.keyedToo,
    ]);
    expect((await listed('--kind', 'test.a')).map(({ id }) => id)).toEqual([ids.due, ids.later]);
    expect(await run('list', '--kind', 'none')).toEqual({
      status: 0,
      out: '',
      err: 'There are no such jobs.\n',
    });
  });

  it('are tried anew, one for a key', async () => {
    expect((await run('retry', ids.dead, ids.later)).out).toBe('2 jobs up for another try.\n');
    expect((await run('retry', '--all-dead', '--kind', 'test.a')).out).toBe('0 jobs up for another try.\n');
    await run('retry', '--all-dead');
    expect(await left()).toEqual([
      [ids.due, 'waiting', 0],
      [ids.later, 'waiting', 2],
      [ids.running, 'running', 0],
      [ids.dead, 'waiting', 0],
      [ids.keyed, 'waiting', 0],
    ]);
    for (const { runAt } of await listed('--state', 'waiting')) {
      expect(Date.parse(runAt)).toBeLessThanOrEqual(Date.now() + 1_000);
    }
  });

  it('are dropped, but for those that run', async () => {
    const before = await left();
    const refused = await run('drop', ids.dead, ids.running);
    expect(refused).toMatchObject({ status: 1, out: '' });
    expect(refused.err).toContain(`Job ${ids.running} is running`);
    expect((await run('retry', ids.dead, '999999')).err).toContain('no job 999999');
    expect(await left()).toEqual(before);
    expect((await run('drop', ids.due)).out).toBe('1 job dropped.\n');
    expect((await run('drop', '--all-dead')).out).toBe('3 jobs dropped.\n');
    expect((await left()).map(([id]) => id)).toEqual([ids.later, ids.running]);
  });

  it('are counted for whoever watches', async () => {
    const metrics = (await server.api()('GET', '/metrics')).text;
    for (const [name, kind, value] of [
      ['waiting', 'test.a', 2],
      ['running', 'test.b', 1],
      ['dead', 'test.b', 3],
    ]) {
      expect(metrics).toContain(`doclight_jobs_${name}{kind="${kind}"} ${value}\n`);
    }
    expect(metrics).toMatch(/^doclight_jobs_overdue_seconds\{kind="test.a"\} \d/m);
    expect(metrics).toContain('# TYPE doclight_jobs_duration_seconds histogram');
  });
});
