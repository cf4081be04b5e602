import type { Editor } from '@tiptap/core';
import { type ReactElement, useEffect, useId, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { cn } from '@/lib/class-names';
import type { SlashMenuStore } from '../behaviour/slash-menu';

interface SlashMenuListProps {
  readonly editor: Editor;
  readonly store: SlashMenuStore;
}

/** The list of blocks at the caret. The keyboard stays in the editor, which tells which one is meant. */
export function SlashMenuList({ editor, store }: SlashMenuListProps): ReactElement | null {
  const state = useSyncExternalStore(store.subscribe, store.get, store.get);
  const id = useId();
  const selected = state && state.items.length > 0 ? `${id}-${state.selected}` : null;

  useEffect(() => {
    const { dom } = editor.view;
    if (selected === null) return;
    dom.setAttribute('aria-activedescendant', selected);
    dom.setAttribute('aria-controls', id);
    document.getElementById(selected)?.scrollIntoView({ block: 'nearest' });
    return () => {
      dom.removeAttribute('aria-activedescendant');
      dom.removeAttribute('aria-controls');
    };
  }, [editor, id, selected]);

  if (!state) return null;
  return createPortal(
    <div
      id={id}
      role="listbox"
      aria-label="Insert block"
      className="max-h-72 w-56 overflow-y-auto rounded-lg bg-surface p-1 shadow-float"
    >
      {state.items.length === 0 ? (
        <p className="px-2.5 py-2 text-[13px] text-muted">Nothing like this</p>
      ) : null}
      {state.items.map(({ name, icon: Icon }, index) => (
        // The keyboard is in the editor all the time: an option is pressed, never focused.
        <div
          key={name}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === state.selected}
          onMouseDown={(event) => {
            event.preventDefault();
            state.choose(index);
          }}
          className={cn(
            'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-[13px] [&_svg]:size-4 [&_svg]:text-muted hover:bg-hover',
            index === state.selected && 'bg-hover',
          )}
        >
          <Icon aria-hidden="true" />
          {name}
        </div>
      ))}
    </div>,
    state.element,
  );
}
