import { createStore, useStore } from '../store';
import { THEME_KEY } from './theme-script';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const choiceStore = createStore<ThemeChoice>('system');

function isThemeChoice(value: unknown): value is ThemeChoice {
  return themeChoices.some((choice) => choice === value);
}

function applyTheme(choice: ThemeChoice): void {
  const dark =
    choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Follows the stored choice, other tabs and the system. @returns stops following */
export function startTheme(): () => void {
  const read = (): void => {
    let stored: unknown;
    try {
      stored = localStorage.getItem(THEME_KEY);
    } catch {
      stored = null;
    }
    choiceStore.set(isThemeChoice(stored) ? stored : 'system');
    applyTheme(choiceStore.get());
  };
  const system = matchMedia('(prefers-color-scheme: dark)');
  const onStorage = (event: StorageEvent): void => {
    if (event.key === THEME_KEY || event.key === null) read();
  };
  read();
  system.addEventListener('change', read);
  window.addEventListener('storage', onStorage);
  return () => {
    system.removeEventListener('change', read);
    window.removeEventListener('storage', onStorage);
  };
}

/** Chooses a theme for this browser, now and on the next visit. */
export function chooseTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(THEME_KEY, choice);
  } catch {
    // Storage is switched off: the choice holds for this page.
  }
  choiceStore.set(choice);
  applyTheme(choice);
}

/** The choice in force: a theme, or to follow the system. */
export function useThemeChoice(): ThemeChoice {
  return useStore(choiceStore, (choice) => choice);
}
