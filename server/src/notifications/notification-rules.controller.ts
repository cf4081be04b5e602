import {
  type DocumentRule,
  documentRuleBodySchema,
  type WatchLevel,
  type WorkspaceRule,
  type WorkspaceRules,
  workspaceRuleSchema,
} from '@doclight/protocol';
import { Body, Controller, Get, Param, Put, UsePipes } from '@nestjs/common';
import { CurrentSession } from '../auth/session.decorator.js';
import type { Session } from '../common/session.js';
import { bodyValidation } from '../common/validation.js';
import { NotificationRulesService } from './notification-rules.service.js';

@Controller('api')
@UsePipes(bodyValidation)
export class NotificationRulesController {
  constructor(private readonly rules: NotificationRulesService) {}

  @Get('workspaces/:workspaceId/notification-rules')
  ofWorkspace(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
  ): Promise<WorkspaceRules> {
    return this.rules.ofWorkspace(session, workspaceId);
  }

  @Put('workspaces/:workspaceId/notification-rules')
  setForWorkspace(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
    @Body({ schema: workspaceRuleSchema }) rule: WorkspaceRule,
  ): Promise<WorkspaceRules> {
    return this.rules.setForWorkspace(session, workspaceId, rule);
  }

  @Get('documents/:id/notification-rule')
  ofDocument(@CurrentSession() session: Session, @Param('id') id: string): Promise<DocumentRule> {
    return this.rules.ofDocument(session, id);
  }

  @Put('documents/:id/notification-rule')
  setForDocument(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body({ schema: documentRuleBodySchema }) body: { level: WatchLevel },
  ): Promise<DocumentRule> {
    return this.rules.setForDocument(session, id, body.level);
  }
}
