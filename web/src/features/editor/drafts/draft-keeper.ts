import { holdDraft, type Release } from '@/lib/drafts/draft-hold';
import type { DraftRecord } from '@/lib/drafts/draft-record';
import { putDraft, removeDraft, tellDraftsChanged } from '@/lib/drafts/draft-store';
import { randomId } from '@/lib/random-id';

/** How long after a key press it is written down at the latest, in milliseconds. */
const WRITE_AFTER_MS = 300;

/** What is to be kept of the editor. */
export type DraftContent = Omit<DraftRecord, 'id' | 'typedAt'>;

/**
 * Keeps what is typed in one editor as one draft of the browser. The draft is held for as long as it is typed on,
 * so that no other tab is offered it.
 */
export class DraftKeeper {
  #id = randomId();
  #content: DraftContent | null = null;
  #written = false;
  #release: Promise<Release | null> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Writes this down soon. */
  keep(content: DraftContent): void {
    this.#content = content;
    this.#release ??= holdDraft(this.#id);
    this.#timer ??= setTimeout(() => this.flush(), WRITE_AFTER_MS);
  }

  /** Nothing is unsaved: the draft goes. */
  drop(): void {
    this.#stopTimer();
    this.#content = null;
    if (this.#written) void removeDraft(this.#id);
    this.#written = false;
  }

  /** Writes down at once what is not written yet. It may be the last thing that this page does. */
  flush(): void {
    if (this.#timer === undefined || !this.#content) return;
    this.#stopTimer();
    this.#written = true;
    void putDraft({ ...this.#content, id: this.#id, typedAt: new Date().toISOString() });
  }

  /** Goes on with a draft that was kept before; what was typed until now stays a draft of its own. */
  adopt(record: DraftRecord, release: Release): void {
    this.end();
    this.#id = record.id;
    this.#written = true;
    this.#release = Promise.resolve(release);
  }

  /** The editor closes: what is unsaved stays, and may be taken up elsewhere. */
  end(): void {
    this.flush();
    const held = this.#release;
    this.#id = randomId();
    this.#content = null;
    this.#written = false;
    this.#release = null;
    void held?.then((release) => {
      release?.();
      tellDraftsChanged();
    });
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
