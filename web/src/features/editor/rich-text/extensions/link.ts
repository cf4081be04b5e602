import { InputRule, Mark } from '@tiptap/core';
import { safeLink } from './safe-url';

/** An address that is typed out, with the white space that ends it. */
const typedAddress = /(?:^|\s)((?:https?:\/\/|www\.)[^\s<>]*[^\s<>.,;:!?'")\]])\s$/i;
const typedMarkdown = /(?<!!)\[([^[\]]+)\]\(([^\s()]+)\)$/;

/**
 * A link. Its `href` is kept as the Markdown spells it; what reaches the page has gone through
 * {@link safeLink}. `reference` is the kind and label of the reference that the link was written as.
 */
export const Link = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  exitable: true,
  keepOnSplit: false,
  addAttributes() {
    return {
      href: { default: '' },
      title: { default: null },
      reference: { default: null, rendered: false, parseHTML: () => null },
    };
  },
  parseHTML() {
    return [{ tag: 'a[href]', getAttrs: (element) => safeLink(element.getAttribute('href')) !== '' && null }];
  },
  renderHTML({ HTMLAttributes }) {
    const href = safeLink(HTMLAttributes.href);
    const attributes: Record<string, string> = { rel: 'noopener noreferrer nofollow' };
    if (href !== '') attributes.href = href;
    if (typeof HTMLAttributes.title === 'string') attributes.title = HTMLAttributes.title;
    return ['a', attributes, 0];
  },
  addInputRules() {
    return [
      new InputRule({
        find: typedAddress,
        handler: ({ state, range, match }) => {
          const address = match[1] ?? '';
          const start = range.from + match[0].indexOf(address);
          const href = address.startsWith('www.') ? `http://${address}` : address;
          const { tr } = state;
          // The white space that was typed may or may not be in the document yet.
          if (range.to - range.from < match[0].length) tr.insertText(' ', range.to);
          tr.addMark(start, start + address.length, this.type.create({ href })).removeStoredMark(this.type);
        },
      }),
      new InputRule({
        find: typedMarkdown,
        handler: ({ state, range, match }) => {
          const [, words = '', href = ''] = match;
          if (safeLink(href) === '') return null;
          const mark = this.type.create({ href });
          state.tr
            .replaceWith(range.from, range.to, state.schema.text(words, [mark]))
            .removeStoredMark(this.type);
        },
      }),
    ];
  },
});
