'use client';

import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { cn } from '@/lib/class-names';

const itemClass =
  'flex min-h-9 w-full items-center gap-2 rounded-md px-2.5 py-1.5 text-[13px] outline-none select-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted';

interface MenuPanelProps {
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  readonly className?: string;
  /** Asked when it closes: false where the focus is not to go back to the trigger. */
  readonly finalFocus?: () => boolean;
}

/** The floating part of a menu. */
export function MenuPanel({ children, align = 'end', className, finalFocus }: MenuPanelProps): ReactElement {
  return (
    <Menu.Portal>
      <Menu.Positioner sideOffset={6} align={align} className="z-50">
        <Menu.Popup
          finalFocus={finalFocus}
          className={cn(
            'floating max-h-(--available-height) min-w-48 max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg bg-surface p-1 shadow-float outline-none',
            className,
          )}
        >
          {children}
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  );
}

interface MenuItemProps {
  readonly children: ReactNode;
  readonly onSelect: () => void;
  readonly danger?: boolean;
  /** The menu stays, for an item that adds to it. */
  readonly keepsOpen?: boolean;
  /** The key that does the same. */
  readonly shortcut?: string;
}

export function MenuItem(props: MenuItemProps): ReactElement {
  const { children, onSelect, danger = false, keepsOpen = false, shortcut } = props;
  return (
    <Menu.Item
      onClick={onSelect}
      closeOnClick={!keepsOpen}
      aria-keyshortcuts={shortcut}
      className={cn(itemClass, danger && 'text-danger [&_svg]:text-danger')}
    >
      {children}
      {shortcut ? (
        <span aria-hidden="true" className="ml-auto pl-4 text-xs text-subtle">
          {shortcut}
        </span>
      ) : null}
    </Menu.Item>
  );
}

interface MenuLinkProps {
  readonly children: ReactNode;
  /** The link element, e.g. `<Link href="/members" />`. */
  readonly link: ReactElement<Record<string, unknown>>;
}

export function MenuLink({ children, link }: MenuLinkProps): ReactElement {
  return (
    <Menu.LinkItem closeOnClick render={link} className={itemClass}>
      {children}
    </Menu.LinkItem>
  );
}

interface MenuChoicesProps<T extends string> {
  readonly heading: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly text: string; readonly icon?: ReactNode }[];
  readonly onChoose: (value: T) => void;
}

/** One of several, with a tick at the one in force. */
export function MenuChoices<T extends string>(props: MenuChoicesProps<T>): ReactElement {
  return (
    <Menu.Group>
      <Menu.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-subtle">
        {props.heading}
      </Menu.GroupLabel>
      <Menu.RadioGroup value={props.value} onValueChange={(value: T) => props.onChoose(value)}>
        {props.choices.map((choice) => (
          <Menu.RadioItem key={choice.value} value={choice.value} closeOnClick className={itemClass}>
            {choice.icon}
            <span className="min-w-0 flex-1 truncate">{choice.text}</span>
            <Menu.RadioItemIndicator>
              <Check aria-hidden="true" />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}

export function MenuSeparator(): ReactElement {
  return <Menu.Separator className="mx-1 my-1 h-px bg-line" />;
}
