import type { EditStatus, LeaseRequest, Role } from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import { notFound } from '../common/problem.js';
import { requireRole } from '../common/require-role.js';
import type { Session } from '../common/session.js';
import { DocumentIndexService } from '../documents/document-index.service.js';
import { PresenceService } from '../presence/presence.service.js';
import { EditLeasesService } from './edit-leases.service.js';
import { EditRequestsService } from './edit-requests.service.js';

/** What a person may see and do about the right of way: checks rights, then asks leases and requests. */
@Injectable()
export class EditingService {
  constructor(
    private readonly documents: DocumentIndexService,
    private readonly presence: PresenceService,
    private readonly leases: EditLeasesService,
    private readonly requests: EditRequestsService,
  ) {}

  /** @throws ProblemError NOT_FOUND */
  async status(session: Session, documentId: string): Promise<EditStatus> {
    await this.admit(session, documentId, 'viewer');
    const lease = await this.leases.find(documentId);
    return { lease, requests: await this.requests.openOf(documentId, session.user.id) };
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN @throws SocketFailure FORBIDDEN */
  async acquire(session: Session, documentId: string): Promise<EditStatus> {
    const workspaceId = await this.admit(session, documentId, 'editor');
    const lease = await this.leases.acquire(documentId, workspaceId, session.user.id);
    return { lease, requests: await this.requests.openOf(documentId, session.user.id) };
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN @throws SocketFailure CONFLICT, RATE_LIMITED */
  async ask(session: Session, documentId: string, kind: LeaseRequest['kind']): Promise<LeaseRequest> {
    const workspaceId = await this.admit(session, documentId, 'editor');
    return this.requests.ask(kind, documentId, workspaceId, session.user.id);
  }

  /** @throws SocketFailure NOT_FOUND */
  cancel(session: Session, requestId: string): Promise<LeaseRequest> {
    return this.requests.cancel(requestId, session.user.id);
  }

  /** @throws SocketFailure NOT_FOUND, CONFLICT */
  answer(session: Session, requestId: string, accept: boolean): Promise<LeaseRequest> {
    return this.requests.answer(requestId, accept, session.user.id);
  }

  /** @returns the workspace of the document, whose presence is then known here */
  private async admit(session: Session, documentId: string, needed: Role): Promise<string> {
    const location = await this.documents.locate(documentId);
    if (location === null) throw notFound('document');
    requireRole(session, location.workspaceId, needed, 'document');
    await this.presence.ready(location.workspaceId);
    return location.workspaceId;
  }
}
