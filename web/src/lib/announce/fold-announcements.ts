/** One thing that happened, told to screen readers. */
export interface Announcement {
  /** A later announcement about the same subject replaces an earlier one. */
  readonly subject: string;
  /** A function where it takes work to say it: it is asked only if the sentence is spoken. */
  readonly text: string | (() => string);
}

/** More than this in one breath, and only their number is told. */
const MOST_SENTENCES = 3;

/** Folds what came in a short while into one polite sentence or two; empty for nothing. */
export function foldAnnouncements(announcements: readonly Announcement[]): string {
  const latest = new Map<string, Announcement['text']>();
  for (const { subject, text } of announcements) {
    latest.delete(subject);
    latest.set(subject, text);
  }
  if (latest.size > MOST_SENTENCES) return `${latest.size} documents changed.`;
  return [...latest.values()]
    .map((text) => (typeof text === 'string' ? text : text()))
    .filter((text) => text !== '')
    .map((text) => `${text}.`)
    .join(' ');
}
