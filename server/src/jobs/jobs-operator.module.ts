import { Module } from '@nestjs/common';
import { ControlModule } from '../control/control.module.js';
import { JobsOperatorRepository } from './jobs-operator.repository.js';
import { JobsOperatorService } from './jobs-operator.service.js';

/** Jobs, as operators see and mend them. Runs none. */
@Module({
  imports: [ControlModule],
  providers: [JobsOperatorRepository, JobsOperatorService],
})
export class JobsOperatorModule {}
