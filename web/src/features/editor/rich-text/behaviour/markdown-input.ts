import { Extension } from '@tiptap/core';
import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { safeLink } from '../extensions/safe-url';
import { looksLikeMarkdown } from './looks-like-markdown';

/** What turns Markdown that comes in from outside into blocks. */
export interface MarkdownReader {
  /** Blocks for a piece that goes into the document. */
  parse(markdown: string): Node[];
  /** Blocks for a text that replaces the whole document. */
  load(markdown: string): Node;
}

interface MarkdownInputOptions {
  /** The document that is open, if one is. */
  reader: () => MarkdownReader | null;
}

/**
 * Markdown that is pasted, dropped in by a tool, or put in the place of everything becomes what it says, with
 * its own bytes; an address pasted over words becomes their link.
 */
export const MarkdownInput = Extension.create<MarkdownInputOptions>({
  name: 'markdownInput',
  // Before the list extension, which has ideas of its own about pasted numbers.
  priority: 200,
  addOptions() {
    return { reader: () => null };
  },
  addProseMirrorPlugins() {
    const { reader } = this.options;
    return [
      new Plugin({
        props: {
          handlePaste: (view, event) => {
            const { clipboardData } = event;
            if (!clipboardData || isInCode(view.state.doc, view.state.selection)) return false;
            const text = clipboardData.getData('text/plain');
            const isFromCodeEditor = clipboardData.types.includes('vscode-editor-data');
            if (isAddress(text) && linkTo(view, text.trim())) return true;
            if (clipboardData.types.includes('text/html') && !isFromCodeEditor) return false;
            return insertMarkdown(view, text, reader());
          },
          handleDOMEvents: {
            // Typing comes letter by letter; a whole text at once is from dictation, a tool or a password
            // manager's kin, and counts as a paste.
            beforeinput: (view, event) => {
              if (event.inputType !== 'insertText' || view.composing) return false;
              const text = event.data ?? '';
              if (text.length < 2 || !insertMarkdown(view, text, reader())) return false;
              event.preventDefault();
              return true;
            },
          },
        },
      }),
    ];
  },
});

/** Inserts what `text` says, if it says anything in Markdown. Answers whether it did. */
function insertMarkdown(view: EditorView, text: string, reader: MarkdownReader | null): boolean {
  if (!reader || text.trim() === '') return false;
  const { from, to } = selectionOf(view);
  const { doc } = view.state;
  if (isInCode(doc, { from, to })) return false;
  const isAll = coversAll(doc, from, to);
  if (!isAll && !looksLikeMarkdown(text)) return false;
  const tr = view.state.tr;
  if (isAll) {
    tr.replaceWith(0, doc.content.size, reader.load(text).content);
    tr.setSelection(TextSelection.atEnd(tr.doc));
  } else {
    const blocks = reader.parse(text);
    const [only] = blocks;
    const isInline = blocks.length === 1 && only?.type.name === 'paragraph';
    tr.replaceRange(from, to, new Slice(Fragment.from(blocks), isInline ? 1 : 0, isInline ? 1 : 0));
  }
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
  return true;
}

/** Whether nothing that can be seen lies outside the selection. */
function coversAll(doc: Node, from: number, to: number): boolean {
  const isEmpty = doc.childCount === 1 && doc.firstChild?.isTextblock === true && doc.content.size === 2;
  const outside = doc.textBetween(0, from, '\n', '\0') + doc.textBetween(to, doc.content.size, '\n', '\0');
  return isEmpty || (from < to && outside.trim() === '');
}

/** The selection as the page has it; a tool can be faster than the event that tells of it. */
function selectionOf(view: EditorView): { from: number; to: number } {
  const { from, to } = view.state.selection;
  const selection = view.dom.ownerDocument.getSelection();
  const { anchorNode, focusNode } = selection ?? {};
  if (
    !selection ||
    !anchorNode ||
    !focusNode ||
    !view.dom.contains(anchorNode) ||
    !view.dom.contains(focusNode)
  ) {
    return { from, to };
  }
  const anchor = view.posAtDOM(anchorNode, selection.anchorOffset);
  const focus = view.posAtDOM(focusNode, selection.focusOffset);
  return { from: Math.min(from, anchor, focus), to: Math.max(to, anchor, focus) };
}

/** Whether all that is selected lies in one block of code, where characters are just that. */
function isInCode(doc: Node, { from, to }: { from: number; to: number }): boolean {
  const $from = doc.resolve(from);
  return $from.parent.type.spec.code === true && $from.sameParent(doc.resolve(to));
}

function isAddress(text: string): boolean {
  return /^\s*https?:\/\/\S+\s*$/.test(text);
}

/** Makes the selected words lead to `href`; without any, the address itself. */
function linkTo(view: EditorView, href: string): boolean {
  const link = view.state.schema.marks.link?.create({ href });
  const { empty, from, to, $from, $to } = view.state.selection;
  if (!link || safeLink(href) === '' || !$from.sameParent($to)) return false;
  const { tr } = view.state;
  if (empty) tr.replaceSelectionWith(view.state.schema.text(href, [link]), false);
  else tr.addMark(from, to, link);
  view.dispatch(tr.scrollIntoView());
  return true;
}
