import { Injectable } from '@nestjs/common';
import { AuthService } from '../auth/auth.service.js';
import { DemoRepository } from './demo.repository.js';

/** The password of every demo account. */
export const DEMO_PASSWORD = 'doclight';

/** The demo workspace, for trying the product. */
@Injectable()
export class DemoService {
  constructor(
    private readonly demo: DemoRepository,
    private readonly auth: AuthService,
  ) {}

  /** Makes the demo workspace in an empty database. @returns the accounts it made */
  async seed(): Promise<readonly string[]> {
    return this.demo.seed(await this.auth.hashPassword(DEMO_PASSWORD));
  }
}
