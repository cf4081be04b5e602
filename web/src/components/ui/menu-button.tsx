'use client';

import type { ReactElement, ReactNode } from 'react';
import { loadAtFirstUse } from '@/lib/lazy/first-use';
import { lazily } from '@/lib/lazy/lazily';
import { StandIn, type TriggerProps } from './stand-in';

const LoadedMenu = lazily(() => import('./loaded-menu').then((module) => module.LoadedMenu));
loadAtFirstUse(LoadedMenu.preload);

interface MenuButtonProps extends TriggerProps {
  /** What is in the menu: a lazy component, so that it comes with the code of menus. */
  readonly items: ReactNode;
  /** Loads `items`. */
  readonly load: () => Promise<unknown>;
  readonly align?: 'start' | 'end';
  /** Asked when it closes: false where the focus is not to go back to the button. */
  readonly finalFocus?: () => boolean;
}

/** A button that opens a menu. */
export function MenuButton(props: MenuButtonProps): ReactElement {
  const { items, load, align = 'end', finalFocus, ...trigger } = props;
  return (
    <StandIn trigger={trigger} popup="menu" load={() => Promise.all([LoadedMenu.preload(), load()])}>
      {(pressed) => (
        <LoadedMenu trigger={trigger} pressed={pressed} items={items} align={align} finalFocus={finalFocus} />
      )}
    </StandIn>
  );
}
