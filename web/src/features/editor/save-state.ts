import type { Document, DocumentUpdateBody } from '@doclight/protocol';

/** What one types: exactly what a save sends. */
export type Draft = DocumentUpdateBody;

/** A newer revision by somebody else, while one has changes of one's own. */
export interface Theirs {
  readonly document: Document;
  /** `arrived`: heard of before saving. `refused`: a save was refused because of it. */
  readonly because: 'arrived' | 'refused';
}

/** The editor's whole state. Nothing typed is ever dropped but by an explicit choice. */
export interface SaveState {
  /** The revision the draft started from; null for a document that does not exist yet. */
  readonly base: Document | null;
  readonly draft: Draft;
  /** What is on its way to the server. */
  readonly sending: Draft | null;
  readonly theirs: Theirs | null;
  /** The document was deleted while it was open here. */
  readonly deleted: boolean;
  readonly error: string | null;
}

export type SaveAction =
  | { readonly type: 'typed'; readonly change: Partial<Draft> }
  | { readonly type: 'sent'; readonly draft: Draft }
  | { readonly type: 'saved'; readonly document: Document }
  | { readonly type: 'refused'; readonly current: Document }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'arrived'; readonly document: Document }
  | { readonly type: 'deleted' }
  /** The image changed: a revision of its own, with the same words. */
  | { readonly type: 'illustrated'; readonly document: Document }
  | { readonly type: 'take-theirs' }
  | { readonly type: 'rebase' }
  | { readonly type: 'start-anew' };

const EMPTY: Draft = { title: '', abstract: '', text: '' };

/** The words of a document, as one starts to edit them. */
export function draftOf(document: Document | null): Draft {
  if (!document) return EMPTY;
  const { title, abstract, text } = document;
  return { title, abstract, text };
}

export function startEditing(document: Document | null): SaveState {
  return {
    base: document,
    draft: draftOf(document),
    sending: null,
    theirs: null,
    deleted: false,
    error: null,
  };
}

/** True while something typed is not saved. */
export function isUnsaved(state: SaveState): boolean {
  return !sameDraft(state.draft, draftOf(state.deleted ? null : state.base));
}

export function sameDraft(a: Draft, b: Draft): boolean {
  return a.title === b.title && a.abstract === b.abstract && a.text === b.text;
}

/** One step of the editor. Pure. */
export function saveReducer(state: SaveState, action: SaveAction): SaveState {
  switch (action.type) {
    case 'typed':
      return { ...state, draft: { ...state.draft, ...action.change } };
    case 'sent':
      return { ...state, sending: action.draft, error: null };
    case 'saved':
      return {
        ...state,
        base: action.document,
        // What was typed while the save was on its way stays, and is unsaved.
        draft:
          state.sending && sameDraft(state.draft, state.sending) ? draftOf(action.document) : state.draft,
        sending: null,
        theirs: null,
        deleted: false,
      };
    case 'refused':
      return { ...state, sending: null, theirs: { document: action.current, because: 'refused' } };
    case 'failed':
      return { ...state, sending: null, error: action.message };
    case 'arrived':
      return arrive(state, action.document);
    case 'deleted':
      return { ...state, deleted: true, sending: null, theirs: null };
    case 'illustrated':
      return { ...state, base: action.document };
    case 'take-theirs':
      return state.theirs ? startEditing(state.theirs.document) : state;
    case 'rebase':
      return state.theirs ? { ...state, base: state.theirs.document, theirs: null } : state;
    case 'start-anew':
      return { ...state, base: null, deleted: false, error: null };
  }
}

/** Without changes of one's own a newer revision is simply shown; with them, it is offered. */
function arrive(state: SaveState, document: Document): SaveState {
  if (!state.base || document.revision <= state.base.revision || state.deleted) return state;
  const known = state.theirs;
  if (known && document.revision <= known.document.revision) return state;
  if (!isUnsaved(state)) return { ...startEditing(document), sending: state.sending };
  return { ...state, theirs: { document, because: known?.because ?? 'arrived' } };
}
