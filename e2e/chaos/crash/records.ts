/** One save that a client was told had been made. */
export interface Acknowledged {
  /** What was saved: the title, and the text begins with it. No two saves have the same. */
  readonly mark: string;
  readonly documentId: string;
  readonly revision: number;
  readonly userId: string;
}

/** One revision of a document, as the history tells it. */
export interface Revised {
  readonly revision: number;
  readonly title: string;
  readonly text: string;
  readonly userId: string;
  /** Epoch milliseconds. */
  readonly savedAt: number;
}

/** One event of the log. */
export interface Told {
  readonly eventId: string;
  readonly type: string;
  readonly documentId: string;
  /** 1 for a document that was made. */
  readonly revision: number;
}

/** What one client heard. */
export interface Heard {
  readonly name: string;
  /** What each of its connections brought, in order. */
  readonly connections: readonly (readonly Told[])[];
  /** What it caught up with through `GET .../events`, in order. */
  readonly caughtUp: readonly Told[];
}

/** Everything that a run leaves behind. */
export interface Record {
  readonly acknowledged: readonly Acknowledged[];
  /** The marks of all saves that were ever sent. */
  readonly sent: ReadonlySet<string>;
  /** Every revision of each document, oldest first, by the document's id. */
  readonly history: ReadonlyMap<string, readonly Revised[]>;
  /** The event log from the beginning of the run, by `GET .../events`. */
  readonly log: readonly Told[];
  readonly heard: readonly Heard[];
}
