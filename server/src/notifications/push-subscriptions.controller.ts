import {
  type PushDevice,
  type PushSubscriptionBody,
  type PushTest,
  pushSubscriptionBodySchema,
} from '@doclight/protocol';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { CurrentSession } from '../auth/session.decorator.js';
import type { Session } from '../common/session.js';
import { bodyValidation } from '../common/validation.js';
import { PushSubscriptionsService } from './push-subscriptions.service.js';
import { VapidKeysService } from './vapid-keys.service.js';

@Controller('api/push')
export class PushSubscriptionsController {
  constructor(
    private readonly subscriptions: PushSubscriptionsService,
    private readonly vapid: VapidKeysService,
  ) {}

  @Get('key')
  async key(): Promise<{ publicKey: string }> {
    const { publicKey } = await this.vapid.keys();
    return { publicKey };
  }

  @Get('subscriptions')
  async list(@CurrentSession() session: Session): Promise<{ devices: PushDevice[] }> {
    return { devices: await this.subscriptions.list(session) };
  }

  @Post('subscriptions')
  @HttpCode(200)
  subscribe(
    @CurrentSession() session: Session,
    @Headers('user-agent') userAgent: string | undefined,
    @Body({ schema: pushSubscriptionBodySchema, pipes: [bodyValidation] }) body: PushSubscriptionBody,
  ): Promise<PushDevice> {
    return this.subscriptions.subscribe(session, body, userAgent);
  }

  @Delete('subscriptions/:subscriptionId')
  @HttpCode(204)
  remove(@CurrentSession() session: Session, @Param('subscriptionId') id: string): Promise<void> {
    return this.subscriptions.remove(session, id);
  }

  @Post('subscriptions/:subscriptionId/test')
  @HttpCode(200)
  test(@CurrentSession() session: Session, @Param('subscriptionId') id: string): Promise<PushTest> {
    return this.subscriptions.test(session, id);
  }
}
