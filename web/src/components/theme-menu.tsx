'use client';

import { Menu } from '@base-ui/react/menu';
import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import { chooseTheme, useThemeChoice } from '@/lib/theme/theme';
import { iconButtonClass } from './ui/button-class';
import { MenuChoices, MenuPanel } from './ui/menu';

/** Light, dark, or as the system has it. */
export function ThemeMenu(): ReactElement {
  const choice = useThemeChoice();
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger aria-label="Theme" className={iconButtonClass}>
        {/* Both are rendered and CSS picks one: the server does not know the theme. */}
        <Sun aria-hidden="true" className="dark:hidden" />
        <Moon aria-hidden="true" className="hidden dark:block" />
      </Menu.Trigger>
      <MenuPanel>
        <MenuChoices
          heading="Theme"
          value={choice}
          onChoose={chooseTheme}
          choices={[
            { value: 'system', text: 'System', icon: <Monitor aria-hidden="true" /> },
            { value: 'light', text: 'Light', icon: <Sun aria-hidden="true" /> },
            { value: 'dark', text: 'Dark', icon: <Moon aria-hidden="true" /> },
          ]}
        />
      </MenuPanel>
    </Menu.Root>
  );
}
