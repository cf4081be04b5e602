import { schema } from '@doclight/db';
import {
  type InvitationPreview,
  type Me,
  type Member,
  memberSchema,
  type NewInvitation,
  newInvitationSchema,
  type Role,
} from '@doclight/protocol';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../testing/test-database.js';
import { type TestPerson, TestServer } from '../testing/test-server.js';

describe.each(engines)('workspaces on %s', (engine) => {
  let server: TestServer;
  let place: string;
  let owner: TestPerson;
  let editor: TestPerson;
  let viewer: TestPerson;
  let outsider: TestPerson;

  beforeAll(async () => {
    server = await TestServer.start(engine, { demo: false, environment: { LIMIT_LOGINS_PER_MINUTE: '30' } });
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    place = await server.workspace('Planet');
    owner = await server.person({ [place]: 'owner' }, 'Owner');
    editor = await server.person({ [place]: 'editor' }, 'Editor');
    viewer = await server.person({ [place]: 'viewer' }, 'Viewer');
    outsider = await server.person({ [await server.workspace()]: 'owner' }, 'Outsider');
  });

  const members = async (): Promise<Member[]> => {
    const answer = await owner.api('GET', `/api/workspaces/${place}/members`);
    return answer.json<{ members: Member[] }>().members;
  };
  const setRole = (caller: TestPerson, person: TestPerson, role: unknown) =>
    caller.api('PATCH', `/api/workspaces/${place}/members/${person.id}`, { json: { role } });
  const remove = (caller: TestPerson, person: TestPerson) =>
    caller.api('DELETE', `/api/workspaces/${place}/members/${person.id}`);
  const invite = async (role: Role = 'editor', email?: string) => {
    const answer = await owner.api('POST', `/api/workspaces/${place}/invitations`, { json: { role, email } });
    expect(answer.status).toBe(201);
    const invitation = newInvitationSchema.parse(answer.json());
    return { ...invitation, token: invitation.url.split('/').at(-1) ?? '' };
  };
  const accept = (token: string, json: unknown = {}, session?: string) =>
    server.api(session)('POST', `/api/invitations/${token}/accept`, { json });
  const newcomer = (email = `${crypto.randomUUID()}@doclight.test`) => ({
    email,
    name: 'Amy',
    password: 'spaceship',
  });

  it('lists its members to its members', async () => {
    for (const { api } of [owner, editor, viewer]) {
      const answer = await api('GET', `/api/workspaces/${place}/members`);
      const listed = answer
        .json<{ members: unknown[] }>()
        .members.map((member) => memberSchema.parse(member));
      expect(listed.map(({ user, role, email }) => [user.id, role, email])).toEqual([
        [editor.id, 'editor', editor.email],
        [owner.id, 'owner', owner.email],
        [viewer.id, 'viewer', viewer.email],
      ]);
    }
  });

  it('changes a role from the next request on', async () => {
    const title = { json: { title: 'Mine' } };
    const create = (person: TestPerson) => person.api('POST', `/api/workspaces/${place}/documents`, title);
    for (let round = 0; round < 5; round += 1) {
      expect((await create(viewer)).status).toBe(403);
      const answer = await setRole(owner, viewer, 'editor');
      expect([answer.status, answer.json()]).toMatchObject([
        200,
        { role: 'editor', user: { id: viewer.id } },
      ]);
      expect((await create(viewer)).status).toBe(201);
      await setRole(owner, viewer, 'viewer');
    }
  });

  it('shuts out whom it loses from the next request on', async () => {
    expect((await editor.api('GET', `/api/workspaces/${place}/documents`)).status).toBe(200);
    expect((await remove(owner, editor)).status).toBe(204);
    expect((await editor.api('GET', `/api/workspaces/${place}/documents`)).status).toBe(404);
    expect((await editor.api('GET', '/api/auth/me')).json<Me>().workspaces).toEqual([]);
    expect((await remove(owner, editor)).status).toBe(404);
  });

  it('lets anyone leave, and only owners do more', async () => {
    for (const caller of [editor, viewer]) {
      for (const answer of [
        await setRole(caller, caller, 'owner'),
        await setRole(caller, owner, 'viewer'),
        await remove(caller, owner),
        await caller.api('GET', `/api/workspaces/${place}/invitations`),
        await caller.api('POST', `/api/workspaces/${place}/invitations`, { json: { role: 'owner' } }),
        await caller.api('DELETE', `/api/workspaces/${place}/invitations/x`),
      ])
        expect([answer.status, answer.problem().code]).toEqual([403, 'FORBIDDEN']);
    }
    expect(await members()).toHaveLength(3);
    expect((await remove(viewer, viewer)).status).toBe(204);
    expect(await members()).toHaveLength(2);
  });

  it('is not there for outsiders, nor for those signed out, nor from elsewhere', async () => {
    const { id } = await invite();
    const routes: [string, string, object][] = [
      ['GET', 'members', {}],
      ['PATCH', `members/${viewer.id}`, { json: { role: 'owner' } }],
      ['DELETE', `members/${viewer.id}`, {}],
      ['DELETE', `members/${outsider.id}`, {}],
      ['GET', 'invitations', {}],
      ['POST', 'invitations', { json: { role: 'viewer' } }],
      ['DELETE', `invitations/${id}`, {}],
    ];
    for (const [method, path, request] of routes) {
      const foreign = await outsider.api(method, `/api/workspaces/${place}/${path}`, request);
      const absent = await outsider.api(method, `/api/workspaces/nothing/${path}`, request);
      expect([path, foreign.status, foreign.text]).toEqual([path, 404, absent.text]);
      const anonymous = await server.api()(method, `/api/workspaces/${place}/${path}`, request);
      expect([path, anonymous.status, anonymous.problem().code]).toEqual([path, 401, 'UNAUTHENTICATED']);
      if (method === 'GET') continue;
      const elsewhere = await owner.api(method, `/api/workspaces/${place}/${path}`, {
        ...request,
        origin: 'http://evil.example',
      });
      expect([path, elsewhere.problem().code]).toEqual([path, 'FORBIDDEN_ORIGIN']);
    }
    expect((await members()).map(({ role }) => role).sort()).toEqual(['editor', 'owner', 'viewer']);
    expect((await accept(id)).problem().code).toBe('INVITATION_INVALID');
  });

  it('keeps its last owner', async () => {
    for (const answer of [
      await setRole(owner, owner, 'editor'),
      await setRole(owner, owner, 'viewer'),
      await remove(owner, owner),
    ])
      expect([answer.status, answer.problem().code]).toEqual([409, 'LAST_OWNER']);
    expect((await setRole(owner, owner, 'owner')).status).toBe(200);
    await setRole(owner, editor, 'owner');
    const answers = await Promise.all([setRole(owner, owner, 'viewer'), setRole(editor, editor, 'viewer')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('refuses what is no role, and people it does not know', async () => {
    for (const role of ['admin', '', null, 1, ['owner']]) {
      const answer = await setRole(owner, viewer, role);
      expect([answer.status, answer.problem().errors?.[0]?.path]).toEqual([400, 'role']);
    }
    expect((await setRole(owner, outsider, 'viewer')).status).toBe(404);
    expect((await remove(owner, outsider)).status).toBe(404);
    const strange = await owner.api('PATCH', `/api/workspaces/${place}/members/%00`, {
      json: { role: 'viewer' },
    });
    expect(strange.status).toBe(404);
  });

  describe('an invitation', () => {
    it('makes an account, once, and signs it in', async () => {
      const { token, id } = await invite('editor');
      const preview = (await server.api()('GET', `/api/invitations/${token}`)).json<InvitationPreview>();
      expect(preview).toEqual({ workspaceName: 'Planet', role: 'editor', email: null, invitedBy: 'Owner' });
      const body = newcomer('Amy.Wong@Doclight.test');
      const answers = await Promise.all([accept(token, body), accept(token, newcomer())]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
      const winner = answers.find(({ status }) => status === 200);
      const me = (await server.api(winner?.session)('GET', '/api/auth/me')).json<Me>();
      expect(me.workspaces).toMatchObject([{ id: place, role: 'editor' }]);
      for (const answer of [
        await accept(token, newcomer()),
        await server.api()('GET', `/api/invitations/${token}`),
      ])
        expect([answer.status, answer.problem().code]).toEqual([410, 'INVITATION_INVALID']);
      const left = await owner.api('GET', `/api/workspaces/${place}/invitations`);
      expect(left.text).not.toContain(id);
    });

    it('signs in afterwards with any case of the address', async () => {
      const { token } = await invite('viewer');
      const email = `${crypto.randomUUID()}@doclight.test`;
      await accept(token, newcomer(email.toUpperCase()));
      const login = await server.api()('POST', '/api/auth/login', { json: { email, password: 'spaceship' } });
      expect(login.status).toBe(200);
    });

    it('is left as it was where the address has an account', async () => {
      const { token } = await invite();
      const taken = await accept(token, newcomer(viewer.email.toUpperCase()));
      expect([taken.status, taken.problem().code, taken.session]).toEqual([409, 'EMAIL_TAKEN', undefined]);
      expect((await accept(token, newcomer())).status).toBe(200);
    });

    it('takes in whoever is signed in, from the next request on, and weakens no role', async () => {
      expect((await outsider.api('GET', `/api/workspaces/${place}/documents`)).status).toBe(404);
      const { token } = await invite('viewer');
      const answer = await accept(token, {}, outsider.session);
      expect([answer.status, answer.json()]).toMatchObject([200, { user: { id: outsider.id } }]);
      expect((await outsider.api('GET', `/api/workspaces/${place}/documents`)).status).toBe(200);
      expect((await accept((await invite('viewer')).token, {}, editor.session)).status).toBe(200);
      expect((await accept((await invite('owner')).token, {}, viewer.session)).status).toBe(200);
      const roles = Object.fromEntries((await members()).map(({ user, role }) => [user.name, role]));
      expect(roles).toEqual({ Editor: 'editor', Owner: 'owner', Viewer: 'owner', Outsider: 'viewer' });
    });

    it('asks for what a new account needs', async () => {
      const { token } = await invite();
      for (const [json, paths] of [
        [{}, ['email', 'name', 'password']],
        [{ email: 'amy@doclight.test' }, ['name', 'password']],
        [{ ...newcomer(), password: 'short' }, ['password']],
        [{ ...newcomer(), name: 'a\0' }, ['name']],
        [{ ...newcomer(), role: 'owner' }, ['role']],
      ] as const) {
        const answer = await accept(token, json);
        expect([answer.status, answer.problem().code]).toEqual([400, 'INVALID_BODY']);
        expect(answer.problem().errors?.map(({ path }) => path)).toEqual(paths);
      }
      expect((await accept(token, newcomer())).status).toBe(200);
    });

    it('ends when it is withdrawn, has expired, or its workspace is gone', async () => {
      const withdrawn = await invite();
      const path = `/api/workspaces/${place}/invitations/${withdrawn.id}`;
      expect((await owner.api('DELETE', path)).status).toBe(204);
      expect((await owner.api('DELETE', path)).status).toBe(404);
      const expired = await invite();
      await server.db
        .update(schema.invitations)
        .set({ expiresAt: new Date(Date.now() - 1) })
        .where(eq(schema.invitations.id, expired.id));
      for (const token of [withdrawn.token, expired.token, 'guess', '%00', 'x'.repeat(2_000)]) {
        expect((await accept(token, newcomer())).problem().code).toBe('INVITATION_INVALID');
        expect((await server.api()('GET', `/api/invitations/${token}`)).status).toBe(410);
      }
      const listed = await owner.api('GET', `/api/workspaces/${place}/invitations`);
      expect(listed.json<{ invitations: NewInvitation[] }>().invitations).toEqual([]);
    });

    it('is listed to owners, without what one needs to use it', async () => {
      const { token, id } = await invite('viewer', 'Amy@Doclight.Test');
      const listed = await owner.api('GET', `/api/workspaces/${place}/invitations`);
      expect(listed.json()).toMatchObject({
        invitations: [{ id, role: 'viewer', email: 'amy@doclight.test', createdBy: { id: owner.id } }],
      });
      expect(listed.text).not.toContain(token);
    });

    it.each([
      {},
      { role: 'admin' },
      { role: 'viewer', email: 'no address' },
      { role: 'viewer', more: 1 },
      null,
    ])('is not made from %j', async (json) => {
      const answer = await owner.api('POST', `/api/workspaces/${place}/invitations`, { json });
      expect([answer.status, answer.problem().code]).toEqual([400, 'INVALID_BODY']);
    });
  });
});
