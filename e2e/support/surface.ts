import type { Page } from '@playwright/test';

/** What the surfaces show; all of it by demo people. */
export interface Stage {
  /** Slug of a document that somebody else edits while a third person reads it. */
  readonly busy: string;
  /** Slug of a document that nobody else is in, by the person who looks. */
  readonly quiet: string;
  /** Saves a revision of the quiet document in somebody else's name. */
  readonly saveByOther: () => Promise<void>;
}

/** Something a person can have before their eyes: a page in some state, a dialog, a menu. */
export interface Surface {
  readonly name: string;
  /** Brings a page of the owner there from anywhere. */
  readonly open: (page: Page, stage: Stage) => Promise<void>;
  /** It goes away when the window is resized. */
  readonly fleeting?: true;
}
