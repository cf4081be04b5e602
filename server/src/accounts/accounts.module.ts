import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ControlModule } from '../control/control.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { AccountsRepository } from './accounts.repository.js';
import { AccountsService } from './accounts.service.js';

/** Accounts, as operators change them. */
@Module({
  imports: [AuthModule, ControlModule, WorkspacesModule],
  providers: [AccountsRepository, AccountsService],
})
export class AccountsModule {}
