import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainEvents } from '../common/domain-events.js';
import { DocumentsRepository } from './documents.repository.js';

/** Where a document is and what it is called. */
export interface DocumentLocation {
  readonly workspaceId: string;
  readonly title: string;
}

const MOST_KEPT = 20_000;

/**
 * Tells for a document id which workspace it is in, from memory where it has been asked before:
 * presence asks this for every change. The event log keeps it true.
 */
@Injectable()
export class DocumentIndexService implements OnModuleInit {
  private readonly known = new Map<string, DocumentLocation>();
  /** Counts changes, so that a look-up that one of them overtook is not kept. */
  private changes = 0;

  constructor(
    private readonly documents: DocumentsRepository,
    private readonly events: DomainEvents,
  ) {}

  onModuleInit(): void {
    const forget = ({ documentId }: { documentId: string }) => {
      this.changes += 1;
      this.known.delete(documentId);
    };
    this.events.on('document.saved', forget);
    this.events.on('document.deleted', forget);
  }

  /** Null: there is no such document. Rights are the caller's to check. */
  async locate(documentId: string): Promise<DocumentLocation | null> {
    const known = this.known.get(documentId);
    if (known) return known;
    const before = this.changes;
    const location = await this.documents.locate(documentId);
    if (location === null || this.changes !== before) return location;
    this.known.set(documentId, location);
    if (this.known.size > MOST_KEPT) {
      const oldest = this.known.keys().next().value;
      if (oldest !== undefined) this.known.delete(oldest);
    }
    return location;
  }
}
