import {
  type Invitation,
  invitationBodySchema,
  type Member,
  type NewInvitation,
  type Role,
  roleBodySchema,
} from '@doclight/protocol';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, UsePipes } from '@nestjs/common';
import type { z } from 'zod';
import { CurrentSession } from '../auth/session.decorator.js';
import type { Session } from '../common/session.js';
import { bodyValidation } from '../common/validation.js';
import { WorkspacesService } from './workspaces.service.js';

@Controller('api/workspaces/:workspaceId')
@UsePipes(bodyValidation)
export class WorkspacesController {
  constructor(private readonly workspaces: WorkspacesService) {}

  @Get('members')
  async members(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
  ): Promise<{ members: Member[] }> {
    return { members: await this.workspaces.members(session, workspaceId) };
  }

  @Patch('members/:userId')
  setRole(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
    @Param('userId') userId: string,
    @Body({ schema: roleBodySchema }) body: { role: Role },
  ): Promise<Member> {
    return this.workspaces.setRole(session, workspaceId, userId, body.role);
  }

  @Delete('members/:userId')
  @HttpCode(204)
  removeMember(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
    @Param('userId') userId: string,
  ): Promise<void> {
    return this.workspaces.removeMember(session, workspaceId, userId);
  }

  @Get('invitations')
  async invitations(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
  ): Promise<{ invitations: Invitation[] }> {
    return { invitations: await this.workspaces.invitations(session, workspaceId) };
  }

  @Post('invitations')
  invite(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
    @Body({ schema: invitationBodySchema }) body: z.infer<typeof invitationBodySchema>,
  ): Promise<NewInvitation> {
    return this.workspaces.invite(session, workspaceId, body.role, body.email);
  }

  @Delete('invitations/:invitationId')
  @HttpCode(204)
  withdraw(
    @CurrentSession() session: Session,
    @Param('workspaceId') workspaceId: string,
    @Param('invitationId') invitationId: string,
  ): Promise<void> {
    return this.workspaces.withdraw(session, workspaceId, invitationId);
  }
}
