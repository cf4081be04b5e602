'use client';

import { Moon, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import { lazily } from '@/lib/lazy/lazily';
import { iconButtonClass } from './ui/button-class';
import { MenuButton } from './ui/menu-button';

const ThemeChoices = lazily(() => import('./theme-choices').then((module) => module.ThemeChoices));

/** Light, dark, or as the system has it. */
export function ThemeMenu(): ReactElement {
  return (
    <MenuButton
      aria-label="Theme"
      className={iconButtonClass}
      load={ThemeChoices.preload}
      items={<ThemeChoices />}
    >
      {/* Both are rendered and CSS picks one: the server does not know the theme. */}
      <Sun aria-hidden="true" className="dark:hidden" />
      <Moon aria-hidden="true" className="hidden dark:block" />
    </MenuButton>
  );
}
