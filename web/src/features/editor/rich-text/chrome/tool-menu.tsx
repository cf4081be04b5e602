import { Menu } from '@base-ui/react/menu';
import { Toolbar } from '@base-ui/react/toolbar';
import type { Editor } from '@tiptap/core';
import { ChevronDown, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { cn } from '@/lib/class-names';
import { toolClass } from './toolbar-button';

/** Something to choose from a menu on the toolbar. */
export interface ToolMenuItem {
  readonly name: string;
  readonly icon: LucideIcon;
  readonly isOn?: boolean;
  readonly run: () => void;
}

interface ToolMenuProps {
  readonly editor: Editor;
  readonly name: string;
  readonly icon: LucideIcon;
  readonly items: readonly ToolMenuItem[];
  readonly disabled: boolean;
}

/** A menu on the toolbar. When it closes, the caret is back where it was. */
export function ToolMenu({ editor, name, icon: Icon, items, disabled }: ToolMenuProps): ReactElement {
  return (
    <Menu.Root modal={false}>
      <Toolbar.Button
        render={<Menu.Trigger />}
        aria-label={name}
        title={name}
        disabled={disabled}
        className={cn(toolClass, 'w-11 gap-0.5 sm:w-10')}
      >
        <Icon aria-hidden="true" />
        <ChevronDown aria-hidden="true" className="size-3!" />
      </Toolbar.Button>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="z-50">
          <Menu.Popup
            finalFocus={() => editor.view.dom}
            className="max-h-(--available-height) min-w-44 overflow-y-auto rounded-lg bg-surface p-1 shadow-float outline-none"
          >
            {items.map(({ name: item, icon: ItemIcon, isOn = false, run }) => (
              <Menu.Item
                key={item}
                onClick={run}
                className={cn(
                  'flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-[13px] outline-none select-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-muted',
                  isOn && 'font-medium text-accent dark:text-fg [&_svg]:text-current',
                )}
              >
                <ItemIcon aria-hidden="true" />
                {item}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
