import type { SetupBody } from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../common/problem.js';
import { slugify } from '../common/slug.js';
import { AuthService, type NewSession } from './auth.service.js';
import { LoginLimiter } from './login-limiter.js';
import { hashToken, newToken } from './tokens.js';
import { UsersRepository } from './users.repository.js';

/** The first account of an installation without demo data. */
@Injectable()
export class SetupService {
  constructor(
    private readonly users: UsersRepository,
    private readonly auth: AuthService,
    private readonly limiter: LoginLimiter,
  ) {}

  async isNeeded(): Promise<boolean> {
    return !(await this.users.anyExists());
  }

  /** A token that allows the setup, to be printed by the start; null where there is nothing to set up. */
  async issueToken(): Promise<string | null> {
    if (!(await this.isNeeded())) return null;
    const token = newToken();
    await this.users.addSetupToken(hashToken(token));
    return token;
  }

  /**
   * Makes the first workspace and its owner, and signs them in.
   * @param address the client's, for the limit on failed attempts
   * @throws ProblemError INVALID_SETUP_TOKEN, ALREADY_SET_UP, RATE_LIMITED
   */
  async setUp(body: SetupBody, address: string): Promise<NewSession> {
    const name = body.workspaceName.trim();
    const workspace = { slug: slugify(name, 'workspace'), name };
    const answer = await this.limiter.guard(address, 'setup', async () => {
      const owner = await this.auth.newAccount(body.email, body.name, body.password);
      const result = await this.users.setUp(hashToken(body.token), owner, workspace);
      if (result === 'INVALID_SETUP_TOKEN') return null;
      return result === 'ALREADY_SET_UP' ? result : { id: result.id, name: owner.name, color: owner.color };
    });
    if (answer === 'ALREADY_SET_UP') {
      throw new ProblemError(
        'ALREADY_SET_UP',
        'This installation has its owner. Sign in, or ask for an invitation.',
      );
    }
    if (answer === null) {
      throw new ProblemError(
        'INVALID_SETUP_TOKEN',
        'This is not the token that the last start of the server printed. Copy the whole link from there.',
      );
    }
    return this.auth.startSession(answer);
  }
}
