'use client';

import { type Document, MAX_TITLE_LENGTH } from '@doclight/protocol';
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { PresenceBar } from '@/components/presence/presence-bar';
import { editPath } from '@/lib/documents/paths';
import { unsavedStore } from '@/lib/documents/unsaved';
import { usePaused } from '@/lib/editing/use-paused';
import { useOthers } from '@/lib/presence/use-presence';
import { usePageTitle } from '@/lib/use-page-title';
import { AwarenessStrip } from './awareness-strip';
import { DraftOffers } from './drafts/draft-offers';
import { useDraft } from './drafts/use-draft';
import { ImageField } from './image-field';
import { LazyMarkdownEditor } from './lazy-editor';
import { LeaveDialog } from './leave-dialog';
import { MergedNotice } from './merged-notice';
import { SaveBar } from './save-bar';
import { SaveNotices } from './save-notices';
import { isUnsaved } from './save-state';
import { TheirsPanel } from './theirs-panel';
import { useEditorHandle } from './use-editor-handle';
import { useSave } from './use-save';

interface EditFormProps {
  /** Null for a new document. */
  readonly document: Document | null;
  readonly workspaceId: string;
}

/** A document, made editable. */
export function EditForm({ document, workspaceId }: EditFormProps): ReactElement {
  const title = useRef<HTMLInputElement>(null);
  const meanwhile = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [missing, setMissing] = useState(false);
  const onCreated = useCallback((created: Document) => {
    // Only the address changes: the page stays, with the cursor where it is.
    window.history.replaceState(null, '', editPath(created.slug));
  }, []);
  const saving = useSave(document, workspaceId, onCreated);
  const { state, type, save } = saving;
  const keeper = useDraft(state, workspaceId);
  const { base, draft, theirs, merged, deleted } = state;
  const unsaved = isUnsaved(state);
  const others = useOthers(workspaceId, base?.id ?? '');
  const paused = usePaused(base?.id) !== null;

  const saveNow = useCallback(() => {
    const empty = title.current?.value.trim() === '';
    setMissing(empty);
    if (empty) title.current?.focus();
    else save();
    // Where choices are open already, pressing Save leads to the next one.
    panel.current?.querySelector<HTMLElement>('[data-conflict="open"] button')?.focus();
  }, [save]);
  useSaveKey(saveNow, unsaved && !paused);
  useEditorHandle(state, save);
  useEffect(() => {
    unsavedStore.set(unsaved);
    return () => unsavedStore.set(false);
  }, [unsaved]);
  usePageTitle(draft.title || 'New document');

  return (
    <main>
      <h1 className="sr-only">{base ? 'Change a document' : 'Write a document'}</h1>
      <SaveBar state={state} onSave={saveNow} paused={paused} />
      <AwarenessStrip standsFor={meanwhile} others={others} theirs={paused ? null : theirs} />
      <div className="mx-auto w-full max-w-[760px] px-4 pt-5 pb-32 sm:px-6">
        <div ref={meanwhile} tabIndex={-1} className="scroll-mt-32 outline-none">
          {base ? (
            <div className="mb-6">
              <PresenceBar others={others} warn />
            </div>
          ) : null}
          <DraftOffers saving={saving} keeper={keeper} workspaceId={workspaceId} />
          {theirs && !paused ? (
            <div ref={panel}>
              <TheirsPanel state={state} theirs={theirs} saving={saving} onMerge={saveNow} />
            </div>
          ) : null}
        </div>
        {merged && !state.wanted ? <MergedNotice merged={merged} onDismiss={saving.dismissMerged} /> : null}
        <SaveNotices state={state} unsaved={unsaved} onSaveAsNew={saving.saveAsNew} />
        {base && !deleted && !paused ? (
          <ImageField imageUrl={base.imageUrl} onChange={saving.illustrate} />
        ) : null}
        <input
          ref={title}
          aria-label="Title"
          aria-invalid={missing}
          aria-describedby={missing ? 'title-missing' : undefined}
          placeholder="Give it a name"
          value={draft.title}
          maxLength={MAX_TITLE_LENGTH}
          readOnly={paused}
          // biome-ignore lint/a11y/noAutofocus: a new document begins with its name.
          autoFocus={document === null}
          onChange={(event) => {
            setMissing(false);
            type({ title: event.currentTarget.value });
          }}
          className="w-full border-b border-transparent bg-transparent pb-1 text-[26px] leading-9 font-semibold tracking-[-0.02em] outline-none placeholder:text-subtle hover:border-line focus:border-accent sm:text-[32px] sm:leading-11"
        />
        {missing ? (
          <p id="title-missing" role="alert" className="mt-1 text-[13px] text-danger">
            It needs a name first.
          </p>
        ) : null}
        <Caption words="Abstract" />
        <LazyMarkdownEditor
          label="Abstract"
          compact
          minHeight="72px"
          value={draft.abstract}
          disabled={paused}
          onChange={(abstract) => type({ abstract })}
        />
        <Caption words="Text" />
        <LazyMarkdownEditor
          label="Text"
          minHeight="360px"
          value={draft.text}
          disabled={paused}
          onChange={(text) => type({ text })}
        />
      </div>
      <LeaveDialog active={unsaved} />
    </main>
  );
}

/** Names a field for the eye; the field names itself to everyone else. */
function Caption({ words }: { readonly words: string }): ReactElement {
  return (
    <div aria-hidden="true" className="mt-6 mb-2 text-[13px] font-medium text-muted select-none">
      {words}
    </div>
  );
}

/** Ctrl or Cmd S saves. Pressed out of habit with nothing to save, it makes no revision. */
function useSaveKey(save: () => void, unsaved: boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      if (unsaved) save();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [save, unsaved]);
}
