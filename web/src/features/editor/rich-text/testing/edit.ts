import type { Node } from '@tiptap/pm/model';
import { EditorState, type Transaction } from '@tiptap/pm/state';

/** `document` after what `change` does to it, as the editor would do it. */
export function edited(document: Node, change: (tr: Transaction) => void): Node {
  const { tr } = EditorState.create({ doc: document });
  change(tr);
  return tr.doc;
}

/** Types `typed` in place of (or, where `where` is `after`, behind) the first occurrence of `found`. */
export function typed(
  document: Node,
  found: string,
  text: string,
  where: 'instead' | 'after' = 'instead',
): Node {
  let at = -1;
  document.descendants((node, position) => {
    const index = at < 0 && node.isText ? (node.text ?? '').indexOf(found) : -1;
    if (index >= 0) at = position + index;
  });
  if (at < 0) throw new Error(`${found} is not in the document`);
  const end = at + found.length;
  return edited(document, (tr) => tr.insertText(text, where === 'after' ? end : at, end));
}
