import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { Broadcaster } from './broadcaster.js';
import { SocketAuthService } from './socket-auth.service.js';
import { SocketServerService } from './socket-server.service.js';

@Module({
  imports: [AuthModule],
  providers: [Broadcaster, SocketAuthService, SocketServerService],
  exports: [Broadcaster, SocketServerService],
})
export class RealtimeModule {}
