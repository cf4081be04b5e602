import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';

/**
 * Lists, tables and code use the Tab key. So that nobody is locked in, Escape gives it back for the next press:
 * Escape, then Tab, leaves the editor from anywhere.
 */
export const TabLeaves = Extension.create({
  name: 'tabLeaves',
  priority: 1000,
  addProseMirrorPlugins() {
    let isFree = false;
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            keydown: (_view, event) => {
              const leaves = isFree && event.key === 'Tab';
              if (event.key !== 'Shift') isFree = event.key === 'Escape';
              return leaves;
            },
            blur: () => {
              isFree = false;
              return false;
            },
          },
        },
      }),
    ];
  },
});
