'use client';

import { Search } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import { iconButtonClass } from '@/components/ui/button-class';
import { lazily } from '@/lib/lazy/lazily';
import { createStore, useStore } from '@/lib/store';

const Palette = lazily(() => import('./palette').then((module) => module.Palette));
const prepare = (): void => void Palette.preload().catch(() => undefined);

/** How often it was asked for by key; counted from the moment this code is there, however little of the page is. */
const asked = createStore(0);

if (typeof window !== 'undefined')
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Control' || event.key === 'Meta') prepare();
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    event.preventDefault();
    asked.update((times) => times + 1);
  });

/**
 * Opens the command palette, as Ctrl or Cmd K does. Its code is loaded when a pointer comes near, or with the
 * Ctrl before the K.
 */
export function PaletteButton(): ReactElement {
  const times = useStore(asked, (value) => value);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    // Taken once: another button, on another page, has not been asked.
    const odd = times > 0 && asked.get() % 2 === 1;
    asked.set(0);
    if (!odd) return;
    setWanted(true);
    setOpen((current) => !current);
  }, [times]);
  return (
    <>
      <button
        type="button"
        aria-label="Command palette"
        title="Command palette (Ctrl K)"
        className={iconButtonClass}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        <Search aria-hidden="true" />
      </button>
      {wanted ? <Palette open={open} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
