import { Node } from '@tiptap/core';

/** The end of a source line inside a paragraph: kept, and shown as the space that it means. */
export const SoftBreak = Node.create({
  name: 'softBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  parseHTML() {
    return [{ tag: 'span[data-soft-break]' }];
  },
  renderHTML() {
    return ['span', { 'data-soft-break': '' }, ' '];
  },
  renderText() {
    return ' ';
  },
});

/**
 * Something in a line that has no rich form, such as an HTML tag or a footnote mark. `source` is its Markdown,
 * shown as it is; `kind` is `html` or `footnote`.
 */
export const RawInline = Node.create({
  name: 'rawInline',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes() {
    return {
      source: { default: '', rendered: false, parseHTML: (element) => element.textContent ?? '' },
      kind: {
        default: 'html',
        parseHTML: (element) =>
          element.getAttribute('data-raw-inline') === 'footnote' ? 'footnote' : 'html',
        renderHTML: ({ kind }) => ({ 'data-raw-inline': kind === 'footnote' ? 'footnote' : 'html' }),
      },
    };
  },
  parseHTML() {
    return [{ tag: 'span[data-raw-inline]', priority: 60 }];
  },
  renderHTML({ node, HTMLAttributes }) {
    return ['span', HTMLAttributes, String(node.attrs.source)];
  },
  renderText({ node }) {
    return String(node.attrs.source);
  },
});

/**
 * A block that has no rich form (raw HTML, definitions, front matter, …): its Markdown source, edited in place
 * as plain characters. `kind` tells the reader what it is and means nothing else.
 */
export const RawBlock = Node.create({
  name: 'rawBlock',
  group: 'block',
  content: 'text*',
  marks: '',
  code: true,
  defining: true,
  isolating: true,
  addAttributes() {
    return {
      kind: {
        default: 'Markdown',
        parseHTML: (element) => element.getAttribute('data-raw-block') ?? 'Markdown',
        renderHTML: ({ kind }) => ({ 'data-raw-block': String(kind) }),
      },
    };
  },
  parseHTML() {
    return [{ tag: 'pre[data-raw-block]', priority: 60, preserveWhitespace: 'full' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['pre', { ...HTMLAttributes, spellcheck: 'false' }, ['code', 0]];
  },
});
