import type { Transaction } from '@doclight/db';
import { sql } from 'drizzle-orm';

/** What every gateway is to tell its own sockets, once the transaction that says it is committed. */
export type NoticeNews =
  /** Notices are new or look different: pairs of person and notice. */
  | { readonly kind: 'changed'; readonly pairs: readonly (readonly [userId: string, noticeId: string])[] }
  /** Notices were read; null: all of the person's. */
  | { readonly kind: 'read'; readonly userId: string; readonly ids: readonly string[] | null }
  /** Something is to be shown by one tab of a person: delivery, whose, and how. */
  | {
      readonly kind: 'offered';
      readonly offers: readonly Offer[];
    };

/** Something to be shown by one tab of a person. */
export type Offer = readonly [deliveryId: string, userId: string, noticeId: string, way: 'toast' | 'desktop'];

/** A notification of PostgreSQL holds less than 8,000 bytes; ids have up to 128 each, but are 36 long as a rule. */
const MOST_BYTES = 7_000;

/** Wakes every gateway with news, in the transaction they are of. */
export async function announceNotices(tx: Transaction, news: readonly NoticeNews[]): Promise<void> {
  for (const payload of news.flatMap((one) => [...payloads(one)])) {
    await tx.execute(sql`select pg_notify('doclight_notices', ${payload})`);
  }
}

function* payloads(news: NoticeNews): Generator<string> {
  if (news.kind === 'changed')
    for (const pairs of inPieces(news.pairs)) yield JSON.stringify({ changed: pairs });
  else if (news.kind === 'offered')
    for (const some of inPieces(news.offers)) yield JSON.stringify({ offered: some });
  else if (news.ids === null) yield JSON.stringify({ read: { userId: news.userId, ids: null } });
  else for (const ids of inPieces(news.ids)) yield JSON.stringify({ read: { userId: news.userId, ids } });
}

function* inPieces<T>(items: readonly T[]): Generator<T[]> {
  let piece: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (piece.length > 0 && bytes + size > MOST_BYTES) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(item);
    bytes += size;
  }
  if (piece.length > 0) yield piece;
}
