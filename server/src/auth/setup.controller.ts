import { type SetupBody, setupBodySchema, type User } from '@doclight/protocol';
import { Body, Controller, Get, Ip, Post, Res, UsePipes } from '@nestjs/common';
import type { Response } from 'express';
import { setSessionCookie } from '../common/session-cookie.js';
import { bodyValidation } from '../common/validation.js';
import { AllowedOrigins } from '../config/allowed-origins.js';
import { Public } from './public.decorator.js';
import { SetupService } from './setup.service.js';

@Controller('api/setup')
@UsePipes(bodyValidation)
export class SetupController {
  constructor(
    private readonly setup: SetupService,
    private readonly origins: AllowedOrigins,
  ) {}

  @Get()
  @Public()
  async status(): Promise<{ needed: boolean }> {
    return { needed: await this.setup.isNeeded() };
  }

  @Post()
  @Public()
  async setUp(
    @Body({ schema: setupBodySchema }) body: SetupBody,
    @Ip() address: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ user: User }> {
    const { token, user } = await this.setup.setUp(body, address);
    setSessionCookie(response, token, this.origins.secure);
    return { user };
  }
}
