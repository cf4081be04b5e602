import type { Document, DocumentUpdateBody } from '@doclight/protocol';
import { type Choice, type Choices, mergeDraft, resolve, undecided } from './merge/merge-draft';

/** What one types: exactly what a save sends. */
export type Draft = DocumentUpdateBody;

/** A newer revision by somebody else, while one has changes of one's own. */
export interface Theirs {
  readonly document: Document;
  /** `arrived`: heard of. `touches`: it was merged as far as it goes, and the rest waits for choices. */
  readonly because: 'arrived' | 'touches';
}

/** What the last save brought in of somebody else's. */
export interface Merged {
  /** What both started from, and what somebody else made of it. */
  readonly from: Document;
  readonly theirs: Document;
  readonly saved: boolean;
}

/** The editor's whole state. Nothing typed is ever dropped but by an explicit choice. */
export interface SaveState {
  /** The revision the draft started from; null for a document that does not exist yet. */
  readonly base: Document | null;
  readonly draft: Draft;
  /** What is on its way to the server. */
  readonly sending: Draft | null;
  /** A save was asked for and is not done: it goes out as soon as it can. */
  readonly wanted: boolean;
  /** The server could not be reached; the save that is wanted waits for it. */
  readonly waiting: boolean;
  /** A new document was sent without an answer then, ISO 8601: it may exist already. */
  readonly sentAt: string | null;
  /** A save was refused because the session is over. */
  readonly signedOut: boolean;
  readonly theirs: Theirs | null;
  /** What was decided about the places that both changed. */
  readonly choices: Choices;
  readonly merged: Merged | null;
  /** The document was deleted while it was open here. */
  readonly deleted: boolean;
  readonly error: string | null;
}

export type SaveAction =
  | { readonly type: 'typed'; readonly change: Partial<Draft> }
  /** A save is asked for, with what is theirs merged in where there is something. */
  | { readonly type: 'asked' }
  | { readonly type: 'sent'; readonly draft: Draft }
  | { readonly type: 'saved'; readonly document: Document }
  | { readonly type: 'refused'; readonly current: Document }
  | { readonly type: 'unreachable'; readonly at: string }
  | { readonly type: 'signed-out' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'arrived'; readonly document: Document }
  | { readonly type: 'deleted' }
  /** The image changed: a revision of its own, with the same words. */
  | { readonly type: 'illustrated'; readonly document: Document }
  | { readonly type: 'chosen'; readonly key: string; readonly choice: Choice | null }
  | { readonly type: 'chosen-all'; readonly choice: Choice }
  | { readonly type: 'take-theirs' }
  | { readonly type: 'merge-seen' }
  | { readonly type: 'start-anew' }
  /** A draft kept in the browser is taken up again, on the revision it started from. */
  | { readonly type: 'restored'; readonly base: Document | null; readonly draft: Draft };

const REFUSED = 'It was not saved, for somebody else edits this by now. What you typed is still here.';
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
    wanted: false,
    waiting: false,
    sentAt: null,
    signedOut: false,
    theirs: null,
    choices: new Map(),
    merged: null,
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

/** True when a save is to go out now. One that waits for the server is sent by whoever hears that it is back. */
export function isDue(state: SaveState): boolean {
  return state.wanted && !state.sending && !state.waiting && !state.theirs && !state.deleted;
}

/** One step of the editor. Pure. */
export function saveReducer(state: SaveState, action: SaveAction): SaveState {
  switch (action.type) {
    case 'typed':
      return { ...state, draft: { ...state.draft, ...action.change } };
    case 'asked': {
      const asked = { ...state, wanted: true, signedOut: false, error: null };
      return state.theirs ? mergeIn(asked, state.theirs.document) : { ...asked, merged: null };
    }
    case 'sent':
      return { ...state, sending: action.draft };
    case 'saved':
      return saved(state, action.document);
    case 'refused':
      // Not for its revision: sending it again would only be refused again.
      if (action.current.revision <= (state.base?.revision ?? 0)) return { ...halted(state), error: REFUSED };
      return mergeIn({ ...state, sending: null }, action.current);
    case 'unreachable':
      return {
        ...state,
        sending: null,
        waiting: true,
        sentAt: state.base ? null : (state.sentAt ?? action.at),
      };
    case 'signed-out':
      return { ...halted(state), signedOut: true };
    case 'failed':
      return { ...halted(state), error: action.message };
    case 'arrived':
      return arrive(state, action.document);
    case 'deleted':
      return { ...halted(state), deleted: true, theirs: null };
    case 'illustrated':
      // Somebody else's words may have come with it: they are not ours to skip over.
      return state.base && sameDraft(draftOf(action.document), draftOf(state.base))
        ? { ...state, base: action.document }
        : arrive(state, action.document);
    case 'chosen':
      return { ...state, choices: withChoice(state.choices, action.key, action.choice) };
    case 'chosen-all':
      return { ...state, choices: withAll(state, action.choice) };
    case 'take-theirs':
      return state.theirs ? startEditing(state.theirs.document) : state;
    case 'merge-seen':
      return { ...state, merged: null };
    case 'start-anew':
      return { ...state, base: null, deleted: false, error: null, wanted: true };
    case 'restored':
      return restored(state, action.base, action.draft);
  }
}

function saved(state: SaveState, document: Document): SaveState {
  const newer = state.theirs && state.theirs.document.revision > document.revision;
  return {
    ...state,
    base: document,
    // What was typed while the save was on its way stays, and is unsaved.
    draft: state.sending && sameDraft(state.draft, state.sending) ? draftOf(document) : state.draft,
    sending: null,
    wanted: false,
    waiting: false,
    sentAt: null,
    theirs: newer ? state.theirs : null,
    merged: state.merged && { ...state.merged, saved: true },
    deleted: false,
  };
}

/** No save is on its way, and none is wanted any more. */
function halted(state: SaveState): SaveState {
  return { ...state, sending: null, wanted: false, waiting: false };
}

/**
 * Puts what is typed onto a newer revision: whole, where the changes do not touch or everything is decided, and a
 * save that is wanted goes on; else it waits for choices.
 */
function mergeIn(state: SaveState, newer: Document): SaveState {
  if (!state.base) return state;
  const merge = mergeDraft(draftOf(state.base), state.draft, draftOf(newer));
  if (undecided(merge, state.choices).length > 0)
    return { ...halted(state), theirs: { document: newer, because: 'touches' } };
  const draft = resolve(merge, state.choices);
  const onlyTheirs = sameDraft(draft, draftOf(newer));
  // Nothing came in with a revision without changes, nor with one's own save whose answer got lost.
  const newWords = !sameDraft(draftOf(newer), draftOf(state.base)) && !sameDraft(state.draft, draft);
  const broughtIn = newWords || newer.imageUrl !== state.base.imageUrl;
  return {
    ...(onlyTheirs ? halted(state) : state),
    base: newer,
    draft,
    theirs: null,
    choices: new Map(),
    merged: broughtIn
      ? {
          from: state.merged?.saved === false ? state.merged.from : state.base,
          theirs: newer,
          saved: onlyTheirs,
        }
      : null,
  };
}

/** Without changes of one's own a newer revision is simply shown; with them, it is offered. */
function arrive(state: SaveState, document: Document): SaveState {
  if (!state.base || document.revision <= state.base.revision || state.deleted) return state;
  const known = state.theirs;
  if (known && document.revision <= known.document.revision) return state;
  if (!isUnsaved(state)) return { ...startEditing(document), sending: state.sending, merged: state.merged };
  // A save waits for the connection, and hears on its return that it is too late for its revision.
  if (state.wanted && !state.sending) return mergeIn(state, document);
  return { ...state, theirs: { document, because: known?.because ?? 'arrived' } };
}

function withChoice(choices: Choices, key: string, choice: Choice | null): Choices {
  const next = new Map(choices);
  if (choice) next.set(key, choice);
  else next.delete(key);
  return next;
}

/** Decides every place that is still open. */
function withAll(state: SaveState, choice: Choice): Choices {
  if (!state.base || !state.theirs) return state.choices;
  const merge = mergeDraft(draftOf(state.base), state.draft, draftOf(state.theirs.document));
  const open = undecided(merge, state.choices).map(({ key }) => [key, choice] as const);
  return new Map([...state.choices, ...open]);
}

function restored(state: SaveState, base: Document | null, draft: Draft): SaveState {
  const newest = state.theirs?.document ?? state.base;
  const start = { ...startEditing(base), draft, deleted: state.deleted };
  return newest && base && newest.revision > base.revision
    ? { ...start, theirs: { document: newest, because: 'arrived' } }
    : start;
}
