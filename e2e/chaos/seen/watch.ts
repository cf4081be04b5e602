import { doingIn, isMore, isWhole, type Shown, sameDoing, type Truth } from './truth.js';

/** What a dashboard shows, and the documents it is about; all where left out. */
export interface Screen {
  readonly name: string;
  readonly shown: Shown;
  readonly documentIds: ReadonlySet<string> | undefined;
}

/** The longest time, in milliseconds, that something wrong was on a screen, and what and where it was. */
export interface Longest {
  readonly ms: number;
  readonly what: string;
}

const NEVER: Longest = { ms: 0, what: '' };

/**
 * Measures how long people are shown who are not there, or as more than they do (ghosts), and how long
 * people are not shown, or as less than they do (gaps). Fed with samples; what lies between two is taken
 * to last.
 */
export class Watch {
  private readonly since = { ghost: new Map<string, number>(), gap: new Map<string, number>() };
  private longest: Record<'ghost' | 'gap', Longest> = { ghost: NEVER, gap: NEVER };

  /** @param now in milliseconds */
  sample(now: number, truth: Truth, screens: Iterable<Screen>): void {
    const ghosts = new Set<string>();
    const gaps = new Set<string>();
    for (const screen of screens) look(truth, screen, ghosts, gaps);
    this.note('ghost', ghosts, now);
    this.note('gap', gaps, now);
  }

  get ghost(): Longest {
    return this.longest.ghost;
  }

  get gap(): Longest {
    return this.longest.gap;
  }

  private note(kind: 'ghost' | 'gap', found: ReadonlySet<string>, now: number): void {
    const since = this.since[kind];
    for (const key of since.keys()) if (!found.has(key)) since.delete(key);
    for (const key of found) {
      const from = since.get(key) ?? now;
      since.set(key, from);
      if (now - from > this.longest[kind].ms) this.longest[kind] = { ms: now - from, what: key };
    }
  }
}

function look(
  truth: Truth,
  { name, shown, documentIds }: Screen,
  ghosts: Set<string>,
  gaps: Set<string>,
): void {
  const byId = new Map(shown.documents.map((document) => [document.documentId, document]));
  const about = (documentId: string, userId: string): string => `${userId} in ${documentId} on ${name}`;
  for (const [documentId, document] of byId) {
    const there = truth.documents.get(documentId);
    for (const userId of doingIn(document).keys()) {
      if (!there?.has(userId)) ghosts.add(about(documentId, userId));
    }
  }
  for (const [documentId, people] of truth.documents) {
    if (documentIds && !documentIds.has(documentId)) continue;
    const document = byId.get(documentId);
    const seen = document ? doingIn(document) : undefined;
    for (const [userId, doing] of people) {
      const shownAs = seen?.get(userId);
      // A crowded document names only some.
      const isCut = shownAs === undefined && document !== undefined && !isWhole(document);
      if (isCut || (shownAs && sameDoing(shownAs, doing))) continue;
      (shownAs && isMore(shownAs, doing) ? ghosts : gaps).add(about(documentId, userId));
    }
  }
}
