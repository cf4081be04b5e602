import { Extension } from '@tiptap/core';
import { AllSelection, Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

interface Place {
  anchorNode: Node | null;
  anchorOffset: number;
  focusNode: Node | null;
  focusOffset: number;
}

/**
 * Browsers tell late that the caret has moved: a key that is pressed right after a click would act where the caret
 * was before. So it is looked up before every key.
 */
export const FreshSelection = Extension.create({
  name: 'freshSelection',
  priority: 2000,
  addProseMirrorPlugins() {
    let known: Place | null = null;
    return [
      new Plugin({
        view: () => ({
          update: (view) => {
            known = placeOf(view);
          },
        }),
        props: {
          // Tables would narrow a selection of everything to one cell.
          createSelectionBetween: (view, $anchor, $head) =>
            isEverything(view, $anchor.pos, $head.pos) ? new AllSelection(view.state.doc) : null,
          handleDOMEvents: {
            keydown: (view) => {
              const place = placeOf(view);
              if (!place || view.composing || (known && isSame(known, place))) return false;
              known = place;
              select(view, place);
              return false;
            },
          },
        },
      }),
    ];
  },
});

function placeOf(view: EditorView): Place | null {
  const selection = view.dom.ownerDocument.getSelection();
  if (!selection || !view.dom.contains(selection.anchorNode) || !view.dom.contains(selection.focusNode))
    return null;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  return { anchorNode, anchorOffset, focusNode, focusOffset };
}

function isSame(left: Place, right: Place): boolean {
  return (
    left.anchorNode === right.anchorNode &&
    left.anchorOffset === right.anchorOffset &&
    left.focusNode === right.focusNode &&
    left.focusOffset === right.focusOffset
  );
}

function isEverything(view: EditorView, anchor: number, head: number): boolean {
  return Math.min(anchor, head) === 0 && Math.max(anchor, head) === view.state.doc.content.size;
}

function select(view: EditorView, { anchorNode, anchorOffset, focusNode, focusOffset }: Place): void {
  if (!anchorNode || !focusNode) return;
  const { doc, selection, tr } = view.state;
  const anchor = doc.resolve(view.posAtDOM(anchorNode, anchorOffset));
  const head = doc.resolve(view.posAtDOM(focusNode, focusOffset));
  // Only what is plainly in words; for anything else the editor knows better.
  if (!anchor.parent.inlineContent || !head.parent.inlineContent) return;
  const next = TextSelection.between(anchor, head);
  if (!next.eq(selection)) view.dispatch(tr.setSelection(next));
}
