import type { DocumentSaved, Notice, WorkspaceRules } from '@doclight/protocol';
import { mayMention } from '@/lib/notifications/rules';
import { Burst } from './burst';
import { claimTelling } from './told-once';

/** The server tells of a save within this time, where it concerns the person. Later, it replaces what was mentioned. */
const SERVER_TELLS_WITHIN_MS = 1_500;
/** A hidden tab leaves it to one that is looked at, which has taken the telling upon itself by then. */
const LEAVE_TO_OTHERS_MS = 1_000;
/** What was told of a document this long before its save is heard of, is told of that save. */
const TOLD_BEFORE_MS = 2_000;

/** What the page around it knows and does. */
export interface PassingSavesOptions {
  readonly userId: string;
  /** Whether this tab shows that document, which then tells of a save by itself. */
  readonly isOpen: (slug: string) => boolean;
  readonly rules: (workspaceId: string) => Promise<WorkspaceRules>;
  /** Whether this page may show something on the desktop. */
  readonly mayNotify: () => boolean;
  /** Whether the person is not to be disturbed now. */
  readonly isQuiet: () => Promise<boolean>;
  readonly notify: (saved: DocumentSaved) => void;
  readonly toast: (saved: DocumentSaved) => void;
  readonly toastMany: (count: number) => void;
}

/** Mentions saves that pass by. */
export interface PassingSaves {
  /** Somebody saved something. */
  saved(event: DocumentSaved): void;
  /** The server tells of a document: nothing else has to. */
  told(notice: Notice): void;
  stop(): void;
}

/**
 * Mentions saves of documents that the person has nothing to do with, while a page of Doclight is open: in one of
 * their tabs, for a moment, or on the desktop where that tab is hidden and may; never in the centre, never by push.
 * What concerns them, the server tells; it is given the time to.
 */
export function passingSaves(options: PassingSavesOptions): PassingSaves {
  const burst = new Burst();
  const toldAt = new Map<string, number>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const isVisible = (): boolean => document.visibilityState === 'visible';

  const mention = async (saved: DocumentSaved, heardAt: number): Promise<void> => {
    const told = toldAt.get(saved.documentId);
    if (told !== undefined && told >= heardAt - TOLD_BEFORE_MS) return;
    const wanted = await options
      .rules(saved.workspaceId)
      .then((rules) => mayMention(rules, 'saved', saved.documentId))
      .catch(() => false);
    if (!wanted) return;
    if (!isVisible()) {
      if (!options.mayNotify() || (await options.isQuiet().catch(() => true))) return;
      if (await claimTelling(saved.eventId)) options.notify(saved);
      return;
    }
    if (!(await claimTelling(saved.eventId))) return;
    const many = burst.take(Date.now());
    if (many === null) options.toast(saved);
    else options.toastMany(many);
  };

  return {
    saved(event) {
      if (event.savedBy.id === options.userId || (!isVisible() && !options.mayNotify())) return;
      // The tab that shows it says so to the others, by taking the telling upon it.
      if (isVisible() && options.isOpen(event.slug)) {
        void claimTelling(event.eventId);
        return;
      }
      const heardAt = Date.now();
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          void mention(event, heardAt);
        },
        SERVER_TELLS_WITHIN_MS + (isVisible() ? 0 : LEAVE_TO_OTHERS_MS),
      );
      timers.add(timer);
    },
    told({ document: told }) {
      if (!told) return;
      if (toldAt.size > 500) toldAt.clear();
      toldAt.set(told.id, Date.now());
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
