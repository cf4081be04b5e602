import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { safeLink } from '../extensions/safe-url';

/** A click on a link places the caret, as in any other words; with Ctrl or Cmd it opens the link. */
export const OpenLinks = Extension.create({
  name: 'openLinks',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          handleClick: (view, position, event) => {
            const link = view.state.schema.marks.link?.isInSet(view.state.doc.resolve(position).marks());
            const href = safeLink(link?.attrs.href);
            if (href === '' || !(event.ctrlKey || event.metaKey)) return false;
            window.open(href, '_blank', 'noopener,noreferrer');
            return true;
          },
          handleDOMEvents: {
            click: (_view, event) => {
              if (event.target instanceof Element && event.target.closest('a')) event.preventDefault();
              return false;
            },
          },
        },
      }),
    ];
  },
});
