import { type AnyExtension, Extension, mergeAttributes } from '@tiptap/core';
import { Image } from '@tiptap/extension-image';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { StarterKit } from '@tiptap/starter-kit';
import { InlineCode } from './inline-code';
import { Link } from './link';
import { ListItem } from './list-item';
import { RawBlock, RawInline, SoftBreak } from './raw-nodes';
import { safeImage } from './safe-url';

/** An attribute that Markdown knows and HTML does not: kept in the document, never put into the page. */
function hidden(fallback: string | boolean | null) {
  return { default: fallback, rendered: false, parseHTML: () => fallback };
}

/** What Markdown says about nodes beyond what the stock extensions remember. */
const MarkdownAttributes = Extension.create({
  name: 'markdownAttributes',
  addGlobalAttributes() {
    return [
      // Whether blank lines stand between the items.
      { types: ['bulletList', 'orderedList'], attributes: { spread: hidden(false) } },
      // What follows the language on the opening fence.
      { types: ['codeBlock'], attributes: { meta: hidden(null) } },
      // The HTML tag that this line break was written as, or null for Markdown's own.
      { types: ['hardBreak'], attributes: { source: hidden(null) } },
    ];
  },
});

/** Images stand in a line, as in Markdown, and load only from addresses that are safe to fetch. */
const InlineImage = Image.extend({
  addAttributes() {
    return {
      src: { default: null },
      alt: { default: null },
      title: { default: null },
      // `kind label` of the reference that this image was written as, or null.
      reference: hidden(null),
    };
  },
  parseHTML() {
    return [
      { tag: 'img[src]', getAttrs: (element) => safeImage(element.getAttribute('src')) !== '' && null },
    ];
  },
  renderHTML({ HTMLAttributes }) {
    return ['img', mergeAttributes(HTMLAttributes, { src: safeImage(HTMLAttributes.src) })];
  },
}).configure({ inline: true });

/** A cell of a Markdown table holds one line. */
const cellContent = { content: 'paragraph' };

/** Every extension that defines content, and so the schema. Nothing here touches a browser until it is mounted. */
export const contentExtensions: AnyExtension[] = [
  StarterKit.configure({
    code: false,
    link: false,
    listItem: false,
    underline: false,
    codeBlock: { enableTabIndentation: true, tabSize: 2 },
    dropcursor: { color: 'var(--accent)', width: 2 },
  }),
  MarkdownAttributes,
  InlineCode,
  Link,
  ListItem,
  InlineImage,
  Table.configure({ resizable: false }),
  TableRow,
  TableHeader.extend(cellContent),
  TableCell.extend(cellContent),
  SoftBreak,
  RawInline,
  RawBlock,
];
