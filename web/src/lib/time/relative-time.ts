const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago a moment was, e.g. `5 min ago`; `just now` within a minute, also when clocks differ. */
export function relativeTime(moment: string, now: number): string {
  const past = now - Date.parse(moment);
  for (const [unit, size] of UNITS) {
    if (past >= size) return relative.format(-Math.floor(past / size), unit).replace('.', '');
  }
  return 'just now';
}

/** The whole moment in the reader's own time zone. */
export function exactTime(moment: string): string {
  return exact.format(new Date(moment));
}

/** Hours and minutes, e.g. `10:02`, of epoch milliseconds. */
export function clockTime(at: number): string {
  return clock.format(new Date(at));
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** A moment for a label, e.g. `10:02` of today, `12 Nov, 10:02` of another day. */
export function shortTime(moment: string, now: number): string {
  const at = new Date(moment);
  const today = at.toDateString() === new Date(now).toDateString();
  return today ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
}
