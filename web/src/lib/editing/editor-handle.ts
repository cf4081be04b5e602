import { createStore, type Store } from '../store';

/** How an attempt to save everything ended; `message` says why it is not. */
export type SaveOutcome = { readonly saved: true } | { readonly saved: false; readonly message: string };

/** The editor that is open in this tab, as others may use it. */
export interface EditorHandle {
  readonly documentId: string;
  /** Saves what is typed, if anything is not saved. Never rejects. */
  saveAll(): Promise<SaveOutcome>;
}

/** Set while a document is being edited in this tab. */
export const editorHandle: Store<EditorHandle | null> = createStore<EditorHandle | null>(null);
