import type { Me } from '@doclight/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendOf, operate } from '../testing/operator.js';
import { engines } from '../testing/test-database.js';
import { TestServer } from '../testing/test-server.js';

describe.each(engines)('accounts on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(engine);
  });
  afterAll(() => server.close());

  const run = (args: readonly string[], input?: string) =>
    operate(async () => backendOf(server), ['accounts', ...args], input);
  const passwordIn = (out: string): string => /^Password: (\S{20})$/m.exec(out)?.[1] ?? '';

  it('adds people with a password that is made up, in the role that is asked for', async () => {
    const { status, out, err } = await run(['add', 'Amy@doclight.test', '--name', 'Amy', '--role', 'viewer']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('Added amy@doclight.test to planet-express as viewer.');
    const session = await server.freshLogin('amy@doclight.test', passwordIn(out));
    const me = (await server.api(session)('GET', '/api/auth/me')).json<Me>();
    expect(me).toMatchObject({ user: { name: 'Amy' }, workspaces: [{ role: 'viewer' }] });

    const again = await run(['add', 'amy@DOCLIGHT.test', '--name', 'Amy', '--role', 'owner']);
    expect(again).toMatchObject({ status: 1, out: '' });
    expect(again.err).toContain('There is an account amy@doclight.test already');
  });

  it('takes a password from standard input, and prints none', async () => {
    const args = ['add', 'hermes@doclight.test', '--name', 'Hermes', '--role', 'editor', '--password-stdin'];
    expect((await run(args, 'short\n')).err).toContain('at least 8 characters');
    expect((await run(args, '')).err).toContain('no password on standard input');
    const { status, out } = await run(args, 'requisition form\r\nanother line\n');
    expect(status).toBe(0);
    expect(out).not.toContain('Password');
    await server.freshLogin('hermes@doclight.test', 'requisition form');
  });

  it('sets a password, and ends the sessions and sockets of that person only', async () => {
    const mine = await server.freshLogin('bender@doclight.test');
    const socket = await server.socket(mine);
    const other = await server.socket(await server.login('fry@doclight.test'));
    const { status, out } = await run(['password', 'bender@doclight.test']);
    expect(status).toBe(0);
    await socket.closed();
    expect(other.socket.connected).toBe(true);
    expect((await server.api(mine)('GET', '/api/auth/me')).status).toBe(401);
    await server.freshLogin('bender@doclight.test', passwordIn(out));
    await expect(server.freshLogin('bender@doclight.test')).rejects.toThrow('401');
  });

  it('mints sessions that work over REST and as sockets', async () => {
    const { status, out, err } = await run(['sessions', '--count', '2100']);
    expect([status, err]).toEqual([0, '']);
    const minted = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { userId: string; cookie: string });
    expect(minted).toHaveLength(2_100);
    expect(new Set(minted.map(({ userId }) => userId)).size).toBe(2_100);
    for (const { userId, cookie } of [minted[0], minted.at(-1)].flatMap((one) => one ?? [])) {
      const answer = await server.api()('GET', '/api/auth/me', { headers: { cookie } });
      expect(answer.json<Me>()).toMatchObject({ user: { id: userId }, workspaces: [{ role: 'editor' }] });
      const socket = await server.socket(cookie.replace('doclight_session=', ''));
      expect(socket.socket.connected).toBe(true);
    }
  });
});
