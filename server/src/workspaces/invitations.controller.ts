import { type AcceptBody, acceptBodySchema, type InvitationPreview, type User } from '@doclight/protocol';
import { Body, Controller, Get, HttpCode, Ip, Param, Post, Res, UsePipes } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '../auth/public.decorator.js';
import { CurrentSession } from '../auth/session.decorator.js';
import type { Session } from '../common/session.js';
import { setSessionCookie } from '../common/session-cookie.js';
import { bodyValidation } from '../common/validation.js';
import { AllowedOrigins } from '../config/allowed-origins.js';
import { WorkspacesService } from './workspaces.service.js';

@Controller('api/invitations/:token')
@UsePipes(bodyValidation)
export class InvitationsController {
  constructor(
    private readonly workspaces: WorkspacesService,
    private readonly origins: AllowedOrigins,
  ) {}

  @Get()
  @Public()
  preview(@Param('token') token: string, @Ip() address: string): Promise<InvitationPreview> {
    return this.workspaces.preview(token, address);
  }

  @Post('accept')
  @Public()
  @HttpCode(200)
  async accept(
    @Param('token') token: string,
    @Body({ schema: acceptBodySchema }) body: AcceptBody,
    @CurrentSession() session: Session | undefined,
    @Ip() address: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ user: User }> {
    const accepted = await this.workspaces.accept(token, body, session, address);
    if ('token' in accepted) setSessionCookie(response, accepted.token, this.origins.secure);
    return { user: accepted.user };
  }
}
