import { Injectable } from '@nestjs/common';
import { OffersRepository } from './offers.repository.js';

/** What tabs were offered to show. */
@Injectable()
export class OffersService {
  constructor(private readonly offers: OffersRepository) {}

  /** Whether a tab shows what it was offered: of all that ask one does, and none when it is too late. */
  claim(userId: string, offerId: string): Promise<boolean> {
    return this.offers.claim(userId, offerId);
  }
}
