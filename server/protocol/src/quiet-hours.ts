import type { NotificationSettings } from './notifications.js';

/** When a person is not to be disturbed. */
export type QuietHours = NonNullable<NotificationSettings['quietHours']>;

/**
 * Whether it is quiet for somebody now: from `from` until just before `to` by the clock of their time zone,
 * over midnight where `to` is the earlier one. When clocks change, the clock on the wall decides.
 */
export function isQuiet({ from, to, timeZone }: QuietHours, now: Date): boolean {
  const time = clockIn(timeZone, now);
  return from < to ? from <= time && time < to : from <= time || time < to;
}

/** Making one takes far longer than asking it, and there are no more zones than these. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** The time of day in a zone, as `HH:MM`. */
function clockIn(timeZone: string, now: Date): string {
  const known = clocks.get(timeZone);
  const clock =
    known ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (!known) clocks.set(timeZone, clock);
  return clock.format(now);
}
