import type { Editor } from '@tiptap/core';
import { EditorState } from '@tiptap/pm/state';
import { useEditor } from '@tiptap/react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { editorExtensions } from './behaviour/editor-extensions';
import { SlashMenuStore } from './behaviour/slash-menu';
import { MarkdownDocument } from './markdown/markdown-document';
import { replaceChanged } from './replace-changed';
import { editedSource } from './source-text';
import { ValueEcho } from './value-echo';

interface MarkdownEditorOptions {
  label: string;
  value: string;
  onChange(markdown: string): void;
  disabled: boolean;
  compact: boolean;
  onReady?: (() => void) | undefined;
}

/** The editor of one Markdown document, with what its page needs to drive it. */
export interface MarkdownEditorState {
  editor: Editor | null;
  slashMenu: SlashMenuStore;
  /** The Markdown while it is edited as source, else null. */
  source: string | null;
  toggleSource(): void;
  /** Takes what was typed into the source view. */
  editSource(shown: string): void;
}

/** Keeps a rich editor, a source view and the value of a form field one document. */
export function useMarkdownEditor(options: MarkdownEditorOptions): MarkdownEditorState {
  const { value, disabled, label, compact } = options;
  const [slashMenu] = useState(() => new SlashMenuStore());
  const [echo] = useState(() => new ValueEcho(value));
  const [source, setSource] = useState<string | null>(null);
  const document = useRef<MarkdownDocument | null>(null);
  const latest = useRef(options);
  latest.current = options;

  const [extensions] = useState(() => editorExtensions(() => document.current, slashMenu, compact));
  const tell = useCallback(
    (markdown: string) => {
      if (echo.send(markdown)) latest.current.onChange(markdown);
    },
    [echo],
  );
  const editor = useEditor({
    extensions,
    immediatelyRender: false,
    // rich-text.css has what is needed of it.
    injectCSS: false,
    editable: !disabled,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        'aria-disabled': String(disabled),
        class: 'prose-doc rich-text',
      },
    },
    onUpdate: ({ editor: changed }) => {
      if (document.current) tell(document.current.serialise(changed.state.doc));
    },
  });

  useEffect(() => {
    if (!editor) return;
    document.current = open(editor, echo.current);
    latest.current.onReady?.();
    return () => {
      document.current = null;
    };
  }, [editor, echo]);

  // The hook keeps what was editable so on a new render.
  useEffect(() => {
    editor?.setEditable(!disabled, false);
  }, [editor, disabled]);

  // Before anybody can type on: a key pressed in between would bring back what was replaced.
  useLayoutEffect(() => {
    if (!echo.receive(value)) return;
    if (editor && document.current) {
      follow(editor, document.current, value);
      if (document.current.serialise(editor.state.doc) !== value) document.current = open(editor, value);
    }
    setSource((shown) => (shown === null ? null : value));
  }, [echo, editor, value]);

  const toggleSource = useCallback(() => {
    if (source === null) {
      setSource(echo.current);
      return;
    }
    setSource(null);
    if (!editor || !document.current) return;
    if (document.current.serialise(editor.state.doc) !== source) {
      editor.view.dispatch(replaceChanged(editor.state.tr, document.current.load(source)));
    }
  }, [echo, editor, source]);

  const editSource = useCallback(
    (shown: string) => {
      const markdown = editedSource(echo.current, shown);
      setSource(markdown);
      tell(markdown);
    },
    [echo, tell],
  );

  return { editor, slashMenu, source, toggleSource, editSource };
}

/** Shows another document: nothing of the one before can be reached by undoing. */
function open(editor: Editor, markdown: string): MarkdownDocument {
  const opened = new MarkdownDocument(markdown, editor.schema);
  editor.view.updateState(EditorState.create({ doc: opened.node, plugins: editor.state.plugins }));
  // Whoever watches the editor is told by transactions only.
  editor.view.dispatch(editor.state.tr.setMeta('addToHistory', false));
  return opened;
}

/**
 * Shows what somebody else made of the document. It cannot be undone: that would take their work away. What was
 * done here before still can, and the caret stays.
 */
function follow(editor: Editor, document: MarkdownDocument, markdown: string): void {
  const tr = replaceChanged(editor.state.tr, document.load(markdown));
  // Nobody is told: the value came from there.
  editor.view.dispatch(tr.setMeta('addToHistory', false).setMeta('preventUpdate', true));
}
