import type {
  AcceptBody,
  Invitation,
  InvitationPreview,
  Member,
  NewInvitation,
  Role,
  User,
} from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import { AuthService, type NewSession } from '../auth/auth.service.js';
import { CommandError } from '../common/command-error.js';
import { notFound, ProblemError } from '../common/problem.js';
import { requireRole } from '../common/require-role.js';
import type { Session } from '../common/session.js';
import { invalid } from '../common/validation.js';
import { AllowedOrigins } from '../config/allowed-origins.js';
import { type Accepted, WorkspacesRepository } from './workspaces.repository.js';

const INVITATION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Who is in a workspace, in which role, and who is invited. The database tells every gateway of a
 * change; this one does not wait for it, so that the caller's next request finds what this one did.
 */
@Injectable()
export class WorkspacesService {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly auth: AuthService,
    private readonly origins: AllowedOrigins,
  ) {}

  /**
   * The workspace that an operator's command means.
   * @param slug undefined: the only one there is
   * @throws CommandError where that leaves it open
   */
  async choose(slug: string | undefined): Promise<{ id: string; slug: string; name: string }> {
    const all = await this.workspaces.all();
    const slugs = all.map((workspace) => workspace.slug).join(', ');
    if (all.length === 0) {
      throw new CommandError('There is no workspace yet: start the server, and open the address it prints.');
    }
    if (slug === undefined && all.length > 1) {
      throw new CommandError(`There are several workspaces. Name one with --workspace: ${slugs}.`);
    }
    const chosen = slug === undefined ? all[0] : all.find((workspace) => workspace.slug === slug);
    if (!chosen) throw new CommandError(`There is no workspace ${slug}. There are: ${slugs}.`);
    return chosen;
  }

  /** @throws ProblemError NOT_FOUND */
  async members(session: Session, workspaceId: string): Promise<Member[]> {
    requireRole(session, workspaceId, 'viewer');
    return this.workspaces.members(workspaceId);
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN, LAST_OWNER */
  async setRole(session: Session, workspaceId: string, userId: string, role: Role): Promise<Member> {
    requireRole(session, workspaceId, 'owner');
    const answer = await this.workspaces.setRole(workspaceId, userId, role);
    if (answer === 'NOT_FOUND') throw notFound('member');
    if (answer === 'LAST_OWNER') throw lastOwner();
    this.auth.membershipChanged(userId, workspaceId);
    return answer;
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN, LAST_OWNER */
  async removeMember(session: Session, workspaceId: string, userId: string): Promise<void> {
    requireRole(session, workspaceId, userId === session.user.id ? 'viewer' : 'owner');
    const answer = await this.workspaces.removeMember(workspaceId, userId);
    if (answer === 'NOT_FOUND') throw notFound('member');
    if (answer === 'LAST_OWNER') throw lastOwner();
    this.auth.membershipChanged(userId, workspaceId);
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN */
  async invitations(session: Session, workspaceId: string): Promise<Invitation[]> {
    requireRole(session, workspaceId, 'owner');
    return this.workspaces.invitations(workspaceId);
  }

  /**
   * Makes an invitation link, good for 7 days and one person.
   * @throws ProblemError NOT_FOUND, FORBIDDEN
   */
  async invite(
    session: Session,
    workspaceId: string,
    role: Role,
    email: string | undefined,
  ): Promise<NewInvitation> {
    requireRole(session, workspaceId, 'owner');
    const token = this.auth.newToken();
    const expiresAt = new Date(Date.now() + INVITATION_LIFETIME_MS);
    const invitation = { workspaceId, role, email: email?.toLowerCase() ?? null, expiresAt };
    const { id, createdAt } = await this.workspaces.addInvitation({
      ...invitation,
      tokenHash: this.auth.hashToken(token),
      createdBy: session.user.id,
    });
    return {
      id,
      role,
      email: invitation.email,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      createdBy: session.user,
      url: `${this.origins.publicUrl}/invite/${token}`,
    };
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN */
  async withdraw(session: Session, workspaceId: string, invitationId: string): Promise<void> {
    requireRole(session, workspaceId, 'owner');
    if (!(await this.workspaces.removeInvitation(workspaceId, invitationId))) throw notFound('invitation');
  }

  /** @throws ProblemError INVITATION_INVALID, RATE_LIMITED */
  async preview(token: string, address: string): Promise<InvitationPreview> {
    const preview = await this.auth.limitingFailures(address, 'invitation', () =>
      this.workspaces.previewInvitation(this.auth.hashToken(token)),
    );
    if (preview === null) throw invitationInvalid();
    return preview;
  }

  /**
   * Joins with the account that is signed in, or with a new one, which is then signed in.
   * @throws ProblemError INVITATION_INVALID, EMAIL_TAKEN, INVALID_BODY, RATE_LIMITED
   */
  async accept(
    token: string,
    body: AcceptBody,
    session: Session | undefined,
    address: string,
  ): Promise<{ user: User } | NewSession> {
    await this.preview(token, address);
    const tokenHash = this.auth.hashToken(token);
    if (session !== undefined) {
      const { user, workspaceId } = joined(
        await this.workspaces.accept(tokenHash, { userId: session.user.id }),
      );
      this.auth.membershipChanged(user.id, workspaceId);
      return { user };
    }
    const { email, name, password } = body;
    if (email === undefined || name === undefined || password === undefined) {
      const missing = Object.entries({ email, name, password }).filter(([, value]) => value === undefined);
      throw invalid(
        'INVALID_BODY',
        missing.map(([field]) => ({ path: [field], message: 'is needed for a new account' })),
      );
    }
    const account = await this.auth.newAccount(email, name, password);
    return this.auth.startSession(joined(await this.workspaces.accept(tokenHash, account)).user);
  }
}

function joined(answer: Accepted | 'INVITATION_INVALID' | 'EMAIL_TAKEN'): Accepted {
  if (answer === 'INVITATION_INVALID') throw invitationInvalid();
  if (answer === 'EMAIL_TAKEN') {
    throw new ProblemError(
      'EMAIL_TAKEN',
      'There is an account with this e-mail address. Sign in, then open the link again.',
    );
  }
  return answer;
}

function invitationInvalid(): ProblemError {
  return new ProblemError(
    'INVITATION_INVALID',
    'This invitation has been used, was withdrawn or has expired. Ask for a new link.',
  );
}

function lastOwner(): ProblemError {
  return new ProblemError('LAST_OWNER', 'A workspace needs an owner: make somebody else owner first.');
}
