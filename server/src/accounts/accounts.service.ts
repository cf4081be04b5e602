import { randomBytes, randomUUID } from 'node:crypto';
import { type Role, roleSchema, SESSION_COOKIE, setupBodySchema } from '@doclight/protocol';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { AuthService } from '../auth/auth.service.js';
import { CommandError } from '../common/command-error.js';
import type { Operation } from '../common/operation.js';
import { SESSION_LIFETIME_MS } from '../common/session.js';
import { OperationsService } from '../control/operations.service.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import { AccountsRepository } from './accounts.repository.js';

/** 120 random bits, as 20 characters. */
const PASSWORD_BYTES = 15;
/** Most sessions that one request mints. */
export const SESSIONS_AT_ONCE = 1_000;

const { email, name, password } = setupBodySchema.shape;
/** Left out: one is made up. */
const givenPassword = password.optional();
const addSchema = z.strictObject({
  email,
  name,
  role: roleSchema,
  workspace: z.string().optional(),
  password: givenPassword,
});
const passwordSchema = z.strictObject({ email, password: givenPassword });
const sessionsSchema = z.strictObject({
  count: z.int().min(1).max(SESSIONS_AT_ONCE),
  workspace: z.string().optional(),
});

export type AddInput = z.infer<typeof addSchema>;
export type PasswordInput = z.infer<typeof passwordSchema>;
export type SessionsInput = z.infer<typeof sessionsSchema>;

/** `password` only where it was made up: it is told this once. */
export interface Added {
  readonly email: string;
  readonly role: Role;
  readonly workspace: string;
  readonly password: string | null;
}

/** Somebody who is signed in already. `cookie` is a whole Cookie header. */
export interface MintedSession {
  readonly userId: string;
  readonly cookie: string;
}

export const addAccount: Operation<AddInput, Added> = { name: 'add-account', input: addSchema };
export const setPassword: Operation<PasswordInput, { readonly password: string | null }> = {
  name: 'set-password',
  input: passwordSchema,
};
export const mintSessions: Operation<SessionsInput, readonly MintedSession[]> = {
  name: 'mint-sessions',
  input: sessionsSchema,
};

/** What operators do with accounts. */
@Injectable()
export class AccountsService implements OnModuleInit {
  constructor(
    private readonly repository: AccountsRepository,
    private readonly auth: AuthService,
    private readonly workspaces: WorkspacesService,
    private readonly operations: OperationsService,
  ) {}

  onModuleInit(): void {
    this.operations.register(addAccount, (input) => this.add(input));
    this.operations.register(setPassword, (input) => this.setPassword(input));
    this.operations.register(mintSessions, (input) => this.mintSessions(input));
  }

  /** @throws CommandError where the address is taken, or the workspace is not clear */
  async add({ email, name, role, workspace, password }: AddInput): Promise<Added> {
    const { id, slug } = await this.workspaces.choose(workspace);
    const made = password === undefined ? newPassword() : null;
    const account = await this.auth.newAccount(email, name, password ?? made ?? '');
    if (!(await this.repository.add(account, id, role))) {
      throw new CommandError(
        `There is an account ${account.email} already. An invitation link takes it into another workspace.`,
      );
    }
    return { email: account.email, role, workspace: slug, password: made };
  }

  /** Ends all sessions of the person, in every gateway. @throws CommandError where there is no such account */
  async setPassword({ email, password }: PasswordInput): Promise<{ readonly password: string | null }> {
    const made = password === undefined ? newPassword() : null;
    const hash = await this.auth.hashPassword(password ?? made ?? '');
    if (!(await this.repository.setPassword(email.toLowerCase(), hash))) {
      throw new CommandError(`There is no account ${email}. \`accounts add\` makes one.`);
    }
    return { password: made };
  }

  /** Makes people, editors of the workspace, who are signed in already. @throws CommandError */
  async mintSessions({ count, workspace }: SessionsInput): Promise<readonly MintedSession[]> {
    const { id: workspaceId } = await this.workspaces.choose(workspace);
    const minted = Array.from({ length: count }, () => {
      const id = randomUUID();
      const token = this.auth.newToken();
      return {
        id,
        token,
        ...this.auth.visitor(`visitor-${id}@doclight.invalid`, `Visitor ${id.slice(0, 8)}`),
      };
    });
    await this.repository.addVisitors(
      minted.map(({ token, ...visitor }) => ({ ...visitor, sessionId: this.auth.hashToken(token) })),
      workspaceId,
      new Date(Date.now() + SESSION_LIFETIME_MS),
    );
    return minted.map(({ id, token }) => ({ userId: id, cookie: `${SESSION_COOKIE}=${token}` }));
  }
}

function newPassword(): string {
  return randomBytes(PASSWORD_BYTES).toString('base64url');
}
