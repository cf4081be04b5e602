import type {
  DocumentRule,
  NotificationSettings,
  WatchLevel,
  WorkspaceRule,
  WorkspaceRules,
} from '@doclight/protocol';
import { Injectable } from '@nestjs/common';
import { requireRole } from '../common/require-role.js';
import type { Session } from '../common/session.js';
import { DocumentsService } from '../documents/documents.service.js';
import { effectiveLevel } from './audience.rules.js';
import { NotificationRulesRepository } from './notification-rules.repository.js';

/** What a person wants to hear of, and when. */
@Injectable()
export class NotificationRulesService {
  constructor(
    private readonly rules: NotificationRulesRepository,
    private readonly documents: DocumentsService,
  ) {}

  async settings({ user }: Session): Promise<NotificationSettings> {
    return { quietHours: await this.rules.quietHours(user.id) };
  }

  async setSettings(session: Session, { quietHours }: NotificationSettings): Promise<NotificationSettings> {
    await this.rules.setQuietHours(session.user.id, quietHours);
    return this.settings(session);
  }

  /** @throws ProblemError NOT_FOUND */
  async ofWorkspace(session: Session, workspaceId: string): Promise<WorkspaceRules> {
    requireRole(session, workspaceId, 'viewer');
    const rule = await this.rules.ofWorkspace(session.user.id, workspaceId);
    return { ...rule, documents: await this.rules.documentsOf(session.user.id, workspaceId) };
  }

  /** @throws ProblemError NOT_FOUND */
  async setForWorkspace(session: Session, workspaceId: string, rule: WorkspaceRule): Promise<WorkspaceRules> {
    requireRole(session, workspaceId, 'viewer');
    await this.rules.setForWorkspace(session.user.id, workspaceId, rule);
    return this.ofWorkspace(session, workspaceId);
  }

  /** @param idOrSlug of the document @throws ProblemError NOT_FOUND */
  async ofDocument(session: Session, idOrSlug: string): Promise<DocumentRule> {
    const { id, workspaceId } = await this.documents.get(session, idOrSlug);
    const userId = session.user.id;
    const { level: workspaceLevel } = await this.rules.ofWorkspace(userId, workspaceId);
    const { level, involved } = await this.rules.ofDocument(userId, id);
    return { level, effective: effectiveLevel({ workspaceLevel, documentLevel: level }), involved };
  }

  /** @param idOrSlug of the document @throws ProblemError NOT_FOUND */
  async setForDocument(session: Session, idOrSlug: string, level: WatchLevel): Promise<DocumentRule> {
    const { id, workspaceId } = await this.documents.get(session, idOrSlug);
    await this.rules.setForDocument(session.user.id, workspaceId, id, level);
    return this.ofDocument(session, id);
  }
}
