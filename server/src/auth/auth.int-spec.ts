import { schema } from '@doclight/db';
import { type Me, meSchema } from '@doclight/protocol';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../testing/test-database.js';
import { TestServer } from '../testing/test-server.js';
import { SetupService } from './setup.service.js';
import { hashToken } from './tokens.js';

const DAY_MS = 86_400_000;

describe.each(engines)('signing in on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(engine, { environment: { LIMIT_LOGINS_PER_MINUTE: '5' } });
  });
  afterAll(() => server.close());

  const login = (email: unknown, password: unknown, headers = {}) =>
    server.api()('POST', '/api/auth/login', { json: { email, password }, headers });

  it('sets a cookie that scripts cannot read, and tells who it is', async () => {
    const answer = await login('Leela@Doclight.TEST', 'doclight');
    expect(answer.status).toBe(200);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^doclight_session=[\w-]{43};/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Path=\//i);
    expect(cookie).toMatch(/Max-Age=2592000/i);
    expect(cookie).not.toMatch(/Secure/i);
    expect(answer.json()).toEqual({ user: { id: expect.any(String), name: 'Leela', color: '#7c3aed' } });
    const me = meSchema.parse((await server.api(answer.session)('GET', '/api/auth/me')).json());
    expect(me).toMatchObject({
      user: { name: 'Leela' },
      workspaces: [{ slug: 'planet-express', role: 'owner' }],
    });
    const stored = await server.db.select({ id: schema.sessions.id }).from(schema.sessions);
    expect(stored.map(({ id }) => id)).toContain(hashToken(answer.session ?? ''));
    expect(stored.map(({ id }) => id)).not.toContain(answer.session);
  });

  it('sees no difference between a wrong password and an unknown account', async () => {
    const wrong = await login('fry@doclight.test', 'wrong');
    const unknown = await login('nobody@doclight.test', 'doclight');
    expect([wrong.status, wrong.problem().code, wrong.session]).toEqual([
      401,
      'INVALID_CREDENTIALS',
      undefined,
    ]);
    expect(unknown.text).toBe(wrong.text);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
    expect(wrong.problem()).toMatchObject({
      type: expect.any(String),
      title: 'Unauthorized',
      status: 401,
      detail: expect.any(String),
    });
  });

  it('has no password for an account that was made without one', async () => {
    const person = await server.person();
    expect((await login(person.email, '')).status).toBe(401);
  });

  it.each([
    ['no password', { email: 'a' }, ['password']],
    ['nothing', {}, ['email', 'password']],
    ['numbers', { email: 1, password: 2 }, ['email', 'password']],
    ['NUL', { email: 'a\0', password: 'b' }, ['email']],
    ['a long password', { email: 'a', password: 'x'.repeat(257) }, ['password']],
    ['more than is asked', { email: 'a', password: 'b', role: 'owner' }, ['role']],
  ])('refuses %s', async (_, json, paths) => {
    const answer = await server.api()('POST', '/api/auth/login', { json });
    expect([answer.status, answer.problem().code]).toEqual([400, 'INVALID_BODY']);
    expect(answer.problem().errors?.map(({ path }) => path)).toEqual(paths);
  });

  it('refuses a foreign origin and none at all', async () => {
    for (const origin of [null, 'http://evil.example', 'null']) {
      const answer = await server.api()('POST', '/api/auth/login', {
        json: { email: 'leela@doclight.test', password: 'doclight' },
        origin,
      });
      expect([answer.status, answer.problem().code, answer.session]).toEqual([
        403,
        'FORBIDDEN_ORIGIN',
        undefined,
      ]);
    }
  });

  it('limits failures of one account, also those that come at once, and no other account', async () => {
    const { email } = await server.person();
    const answers = await Promise.all(Array.from({ length: 15 }, () => login(email, 'guess')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(10);
    for (const answer of limited) {
      expect(answer.problem().code).toBe('RATE_LIMITED');
      const seconds = Number(answer.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
    }
    expect((await login('bender@doclight.test', 'doclight')).status).toBe(200);
    // Nobody is believed to come from elsewhere by saying so.
    expect((await login(email, 'guess', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(429);
  });

  it('lets the same account in many times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => login('leela@doclight.test', 'doclight')),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map(({ session }) => session)).size).toBe(8);
  });

  it('forgets failures after a success', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1) await login('leela@doclight.test', 'wrong');
      expect((await login('leela@doclight.test', 'doclight')).status).toBe(200);
    }
  });

  describe('a session', () => {
    it.each([undefined, '', 'x', 'x'.repeat(5_000), '../..', 'undefined'])('is not %j', async (session) => {
      const answer = await server.api(session)('GET', '/api/auth/me');
      expect([answer.status, answer.problem().code]).toEqual([401, 'UNAUTHENTICATED']);
    });

    it('ends with a sign-out, and no other does', async () => {
      const [one, other] = [
        await server.freshLogin('leela@doclight.test'),
        await server.login('leela@doclight.test'),
      ];
      const foreign = await server.api(one)('POST', '/api/auth/logout', { origin: 'http://evil.example' });
      expect(foreign.problem().code).toBe('FORBIDDEN_ORIGIN');
      const answer = await server.api(one)('POST', '/api/auth/logout');
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(answer.headers.get('set-cookie')).toMatch(/^doclight_session=;.*Expires=Thu, 01 Jan 1970/);
      expect((await server.api(one)('GET', '/api/auth/me')).status).toBe(401);
      expect((await server.api(one)('POST', '/api/auth/logout')).status).toBe(401);
      expect((await server.api(other)('GET', '/api/auth/me')).status).toBe(200);
    });

    it('that has expired is none', async () => {
      const { id } = await server.demo('leela');
      const session = await server.session(id, new Date(Date.now() - 1));
      expect((await server.api(session)('GET', '/api/auth/me')).status).toBe(401);
    });

    it('is extended by use, at most once a day', async () => {
      const { id } = await server.demo('leela');
      const session = await server.session(id, new Date(Date.now() + 5 * DAY_MS));
      const first = await server.api(session)('GET', '/api/auth/me');
      expect([first.status, first.session]).toEqual([200, session]);
      const [row] = await server.db
        .select()
        .from(schema.sessions)
        .where(eq(schema.sessions.id, hashToken(session)));
      expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(29.9 * DAY_MS);
      const second = await server.api(session)('GET', '/api/auth/me');
      expect([second.status, second.session]).toEqual([200, undefined]);
    });
  });
});

describe('the limit on sign-ins behind a proxy', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start('postgres', {
      environment: { LIMIT_LOGINS_PER_MINUTE: '2', TRUST_PROXY: '1' },
    });
  });
  afterAll(() => server.close());

  const guess = async (forwarded: string) => {
    const answer = await server.api()('POST', '/api/auth/login', {
      json: { email: 'fry@doclight.test', password: 'guess' },
      headers: { 'x-forwarded-for': forwarded },
    });
    return answer.status;
  };

  it('counts the address that the proxy saw, whatever the client claimed before', async () => {
    expect([await guess('203.0.113.1'), await guess('203.0.113.1'), await guess('203.0.113.1')]).toEqual([
      401, 401, 429,
    ]);
    expect(await guess('198.51.100.7, 203.0.113.1')).toBe(429);
    expect(await guess('203.0.113.1, 198.51.100.7')).toBe(401);
  });

  it('ends guessing at many accounts from one address', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1) {
      const answer = await server.api()('POST', '/api/auth/login', {
        json: { email: `nobody${index}@doclight.test`, password: 'guess' },
        headers: { 'x-forwarded-for': '203.0.113.77' },
      });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array(20).fill(401), 429]);
  });
});

describe('without a limit on sign-ins', () => {
  it('any number of failures is answered', async () => {
    const server = await TestServer.start('postgres', { environment: { LIMIT_LOGINS_PER_MINUTE: '0' } });
    try {
      const answers = await Promise.all(
        Array.from({ length: 12 }, () =>
          server.api()('POST', '/api/auth/login', { json: { email: 'fry@doclight.test', password: 'x' } }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(401));
    } finally {
      await server.close();
    }
  });
});

describe.each(engines)('setting up on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(engine, { demo: false, environment: { LIMIT_LOGINS_PER_MINUTE: '3' } });
  });
  afterAll(() => server.close());

  const body = (token: string, email = 'hermes@doclight.test') => ({
    token,
    email,
    name: ' Hermes ',
    password: 'bureaucracy',
    workspaceName: ' Central Bureaucracy ',
  });
  const setUp = (json: unknown) => server.api()('POST', '/api/setup', { json });
  const needed = async () => (await server.api()('GET', '/api/setup')).json<{ needed: boolean }>().needed;

  it('takes the token that was printed, from one of many who try at once, once', async () => {
    expect(await needed()).toBe(true);
    const setup = server.app.nest.get(SetupService);
    const [first, second] = [await setup.issueToken(), await setup.issueToken()];
    if (first === null || second === null) throw new Error('an empty database needs a setup');

    for (const json of [
      { ...body(first), password: 'short' },
      { ...body(first), email: 'no address' },
      { ...body(first), name: ' ' },
      { ...body(first), workspaceName: 'a\0b' },
      { ...body(first), admin: true },
      {},
    ]) {
      const answer = await setUp(json);
      expect([answer.status, answer.problem().code]).toEqual([400, 'INVALID_BODY']);
    }
    const wrong = await setUp(body('guess'));
    expect([wrong.status, wrong.problem().code]).toEqual([403, 'INVALID_SETUP_TOKEN']);
    expect(await needed()).toBe(true);

    const answers = await Promise.all([
      setUp(body(first)),
      setUp(body(second, 'zapp@doclight.test')),
      setUp(body(first, 'calculon@doclight.test')),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const winner = answers.find(({ status }) => status === 201);
    const me = (await server.api(winner?.session)('GET', '/api/auth/me')).json<Me>();
    expect(me).toMatchObject({
      user: { name: 'Hermes' },
      workspaces: [{ name: 'Central Bureaucracy', slug: 'central-bureaucracy', role: 'owner' }],
    });
    expect(await server.db.select().from(schema.users)).toHaveLength(1);
    expect(await server.db.select().from(schema.workspaces)).toHaveLength(1);
    expect(await server.db.select().from(schema.settings)).toEqual([]);

    expect(await needed()).toBe(false);
    expect(await setup.issueToken()).toBeNull();
    const late = await setUp(body(first));
    expect([late.status, late.problem().code]).toEqual([409, 'ALREADY_SET_UP']);
  });
});

describe('setting up without the token', () => {
  it('cannot be guessed at for long', async () => {
    const server = await TestServer.start('postgres', {
      demo: false,
      environment: { LIMIT_LOGINS_PER_MINUTE: '3' },
    });
    const guess = {
      token: 'guess',
      email: 'zapp@doclight.test',
      name: 'Zapp',
      password: 'bureaucracy',
      workspaceName: 'Nimbus',
    };
    try {
      const guesses = await Promise.all(
        Array.from({ length: 8 }, () => server.api()('POST', '/api/setup', { json: guess })),
      );
      expect(guesses.map(({ status }) => status).sort()).toEqual([403, 403, 403, 429, 429, 429, 429, 429]);
    } finally {
      await server.close();
    }
  });
});
