'use client';

import { Menu } from '@base-ui/react/menu';
import { type ReactElement, type ReactNode, useCallback } from 'react';
import { MenuPanel } from './menu';
import { type Pressed, type TriggerProps, useReplay } from './stand-in';

interface LoadedMenuProps {
  readonly trigger: TriggerProps;
  readonly pressed: Pressed;
  readonly items: ReactNode;
  readonly align: 'start' | 'end';
  readonly finalFocus: (() => boolean) | undefined;
}

/** The menu behind a `MenuButton`, with its button: it takes the place of the stand-in. */
export function LoadedMenu({ trigger, pressed, items, align, finalFocus }: LoadedMenuProps): ReactElement {
  const { ref, ...rest } = trigger;
  const replay = useReplay(pressed);
  const both = useCallback(
    (button: HTMLButtonElement | null) => {
      replay(button);
      if (typeof ref === 'function') ref(button);
      else if (ref) ref.current = button;
    },
    [replay, ref],
  );
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger {...rest} ref={both} />
      <MenuPanel align={align} {...(finalFocus ? { finalFocus } : {})}>
        {items}
      </MenuPanel>
    </Menu.Root>
  );
}
