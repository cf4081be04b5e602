import { Extension } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import { Suggestion } from '@tiptap/suggestion';
import { type BlockCommand, findCommands, slashCommands } from './block-commands';

/** What the open slash menu shows; null while it is closed. */
export interface SlashMenuState {
  /** Where to render it; it is kept at the caret. */
  element: HTMLElement;
  items: readonly BlockCommand[];
  /** Which one Enter takes. */
  selected: number;
  choose(index: number): void;
}

/** The slash menu as something outside React that React can watch. */
export class SlashMenuStore {
  #state: SlashMenuState | null = null;
  readonly #watchers = new Set<() => void>();

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly get = (): SlashMenuState | null => this.#state;

  set(state: SlashMenuState | null): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}

interface SlashMenuOptions {
  store: SlashMenuStore | null;
}

/** Typing `/` where a word could start offers blocks to insert, filtered by what is typed after it. */
export const SlashMenu = Extension.create<SlashMenuOptions>({
  name: 'slashMenu',
  addOptions() {
    return { store: null };
  },
  addProseMirrorPlugins() {
    const { store } = this.options;
    if (!store) return [];
    let unmount: (() => void) | null = null;
    return [
      Suggestion<BlockCommand, BlockCommand>({
        pluginKey: new PluginKey('slashMenu'),
        editor: this.editor,
        char: '/',
        allow: ({ state, range }) => {
          const { parent } = state.doc.resolve(range.from);
          return (
            parent.type.name === 'paragraph' && !state.doc.resolve(range.from).node(-1).type.spec.tableRole
          );
        },
        items: ({ query }) => findCommands(slashCommands, query),
        command: ({ editor, range, props }) => {
          editor.chain().focus().deleteRange(range).run();
          props.run(editor);
        },
        render: () => ({
          onStart: (props) => {
            const element = document.createElement('div');
            element.className = 'z-50 w-max';
            unmount = props.mount(element, {
              onPosition: ({ x, y, strategy }) => {
                // At the caret, but never over the edge of a narrow screen.
                const most = document.documentElement.clientWidth - element.offsetWidth - 8;
                Object.assign(element.style, {
                  position: strategy,
                  left: `${Math.max(8, Math.min(x, most))}px`,
                  top: `${y}px`,
                });
              },
            });
            const choose = (index: number) => take(props.items[index], props.command);
            store.set({ element, items: props.items, selected: 0, choose });
          },
          onUpdate: (props) => {
            const state = store.get();
            const choose = (index: number) => take(props.items[index], props.command);
            if (state) store.set({ ...state, items: props.items, selected: 0, choose });
          },
          onKeyDown: ({ event }) => {
            const state = store.get();
            if (!state || state.items.length === 0) return false;
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step !== undefined) {
              const count = state.items.length;
              store.set({ ...state, selected: (state.selected + step + count) % count });
              return true;
            }
            if (event.key !== 'Enter' && event.key !== 'Tab') return false;
            state.choose(state.selected);
            return true;
          },
          onExit: () => {
            unmount?.();
            unmount = null;
            store.set(null);
          },
        }),
      }),
    ];
  },
});

function take(item: BlockCommand | undefined, command: (item: BlockCommand) => void): void {
  if (item) command(item);
}
