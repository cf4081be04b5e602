import { Module } from '@nestjs/common';
import { ControlService } from './control.service.js';
import { OperationsService } from './operations.service.js';

/** What operators' commands ask of this process, and how they reach it. */
@Module({
  providers: [ControlService, OperationsService],
  exports: [OperationsService],
})
export class ControlModule {}
