import { Module } from '@nestjs/common';
import { ControlModule } from '../control/control.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { TransferRepository } from './transfer.repository.js';
import { TransferService } from './transfer.service.js';

/** Import and export of Markdown files. */
@Module({
  imports: [ControlModule, WorkspacesModule],
  providers: [TransferRepository, TransferService],
})
export class TransferModule {}
