import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessListener } from './access.listener.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { LoginLimiter } from './login-limiter.js';
import { SessionGuard } from './session.guard.js';
import { SessionsRepository } from './sessions.repository.js';
import { SetupController } from './setup.controller.js';
import { SetupService } from './setup.service.js';
import { UsersRepository } from './users.repository.js';

@Module({
  controllers: [AuthController, SetupController],
  providers: [
    AccessListener,
    AuthService,
    LoginLimiter,
    SessionsRepository,
    SetupService,
    UsersRepository,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [AuthService, SetupService],
})
export class AuthModule {}
