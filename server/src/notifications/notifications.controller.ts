import {
  type DeliveryList,
  type DeliveryListQuery,
  deliveryListQuerySchema,
  type Notice,
  type NotificationList,
  type NotificationListQuery,
  type NotificationReadBody,
  type NotificationSettings,
  notificationListQuerySchema,
  notificationPatchBodySchema,
  notificationReadBodySchema,
  notificationSettingsSchema,
  type Unread,
} from '@doclight/protocol';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { CurrentSession } from '../auth/session.decorator.js';
import type { Session } from '../common/session.js';
import { bodyValidation, queryValidation } from '../common/validation.js';
import { DeliveryLogService } from './delivery-log.service.js';
import { NoticesService } from './notices.service.js';
import { NotificationRulesService } from './notification-rules.service.js';

@Controller('api/notifications')
export class NotificationsController {
  constructor(
    private readonly notices: NoticesService,
    private readonly rules: NotificationRulesService,
    private readonly deliveries: DeliveryLogService,
  ) {}

  @Get()
  list(
    @CurrentSession() session: Session,
    @Query({ schema: notificationListQuerySchema, pipes: [queryValidation] }) query: NotificationListQuery,
  ): Promise<NotificationList> {
    return this.notices.list(session, query);
  }

  @Get('unread')
  unread(@CurrentSession() session: Session): Promise<Unread> {
    return this.notices.unread(session);
  }

  @Post('read')
  @HttpCode(200)
  markRead(
    @CurrentSession() session: Session,
    @Body({ schema: notificationReadBodySchema, pipes: [bodyValidation] }) body: NotificationReadBody,
  ): Promise<Unread> {
    return this.notices.markRead(session, body);
  }

  @Get('deliveries')
  listDeliveries(
    @CurrentSession() session: Session,
    @Query({ schema: deliveryListQuerySchema, pipes: [queryValidation] }) query: DeliveryListQuery,
  ): Promise<DeliveryList> {
    return this.deliveries.list(session, query);
  }

  @Get('settings')
  settings(@CurrentSession() session: Session): Promise<NotificationSettings> {
    return this.rules.settings(session);
  }

  @Put('settings')
  setSettings(
    @CurrentSession() session: Session,
    @Body({ schema: notificationSettingsSchema, pipes: [bodyValidation] }) body: NotificationSettings,
  ): Promise<NotificationSettings> {
    return this.rules.setSettings(session, body);
  }

  @Patch(':notificationId')
  setRead(
    @CurrentSession() session: Session,
    @Param('notificationId') id: string,
    @Body({ schema: notificationPatchBodySchema, pipes: [bodyValidation] }) body: { read: boolean },
  ): Promise<Notice> {
    return this.notices.setRead(session, id, body.read);
  }
}
