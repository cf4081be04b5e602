'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import { chooseTheme, useThemeChoice } from '@/lib/theme/theme';
import { MenuChoices } from './ui/menu';

/** In a menu: light, dark, or as the system has it. */
export function ThemeChoices(): ReactElement {
  return (
    <MenuChoices
      heading="Theme"
      value={useThemeChoice()}
      onChoose={chooseTheme}
      choices={[
        { value: 'system', text: 'System', icon: <Monitor aria-hidden="true" /> },
        { value: 'light', text: 'Light', icon: <Sun aria-hidden="true" /> },
        { value: 'dark', text: 'Dark', icon: <Moon aria-hidden="true" /> },
      ]}
    />
  );
}
