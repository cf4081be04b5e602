import { type Attention, type EditLease, IDLE_AFTER_SECONDS, type Phase } from '@doclight/protocol';

/** What presence says of one person in one document. */
export interface Seen {
  readonly phase: Phase;
  readonly attention: Attention;
}

/** Who was just given a lease may take this long to begin to edit, in milliseconds: a page has to open. */
const ARRIVE_MS = 10_000;

/**
 * Whether a lease has a holder: only while they edit, or are about to because it was given to them.
 * @param since when they got it, in milliseconds
 */
export function isHeld(holder: Seen | null, how: EditLease['how'], since: number, now: number): boolean {
  return holder?.phase === 'edit' || (how !== 'acquired' && now - since < ARRIVE_MS);
}

/**
 * Since when the holder has been idle, in milliseconds; null: they are there. Idleness is reported
 * only after a while without input, and began with the last of it.
 * @param known what it was thought to be until now
 */
export function idleSince(holder: Seen | null, known: number | null, now: number): number | null {
  if (holder?.phase !== 'edit' || holder.attention === 'active') return null;
  if (known !== null) return known;
  return holder.attention === 'idle' ? now - IDLE_AFTER_SECONDS * 1000 : now;
}

/** Seconds until somebody idle may be taken over; null: they are not idle. */
export function takeOverIn(idle: number | null, idleSeconds: number, now: number): number | null {
  return idle === null ? null : Math.max(0, idleSeconds - (now - idle) / 1000);
}

/**
 * What becomes of an open request as its two people come and go.
 * `withdrawn`: who asks has left. `ended`: who is asked does not edit any more. `ask`: who was to be
 * taken over is back, and is asked instead.
 */
export function fateOf(
  kind: 'ask' | 'take-over',
  by: Seen | null,
  to: Seen | null,
): 'stays' | 'withdrawn' | 'ended' | 'ask' {
  if (by === null) return 'withdrawn';
  if (to?.phase !== 'edit') return 'ended';
  return kind === 'take-over' && to.attention === 'active' ? 'ask' : 'stays';
}
