import { type LoginBody, loginBodySchema, type Me, type User } from '@doclight/protocol';
import { Body, Controller, Get, HttpCode, Ip, Post, Res, UsePipes } from '@nestjs/common';
import type { Response } from 'express';
import type { Session } from '../common/session.js';
import { clearSessionCookie, setSessionCookie } from '../common/session-cookie.js';
import { bodyValidation } from '../common/validation.js';
import { AllowedOrigins } from '../config/allowed-origins.js';
import { AuthService } from './auth.service.js';
import { Public } from './public.decorator.js';
import { CurrentSession } from './session.decorator.js';

@Controller('api/auth')
@UsePipes(bodyValidation)
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly origins: AllowedOrigins,
  ) {}

  @Post('login')
  @Public()
  @HttpCode(200)
  async login(
    @Body({ schema: loginBodySchema }) body: LoginBody,
    @Ip() address: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ user: User }> {
    const { token, user } = await this.auth.login(body.email, body.password, address);
    setSessionCookie(response, token, this.origins.secure);
    return { user };
  }

  @Post('logout')
  @HttpCode(204)
  async logout(
    @CurrentSession() session: Session,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.auth.logout(session);
    clearSessionCookie(response, this.origins.secure);
  }

  @Get('me')
  me(@CurrentSession() session: Session): Promise<Me> {
    return this.auth.me(session);
  }
}
