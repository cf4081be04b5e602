'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactElement, useEffect, useState } from 'react';
import { iconButtonClass } from '@/components/ui/button-class';

const Palette = dynamic(() => import('./palette').then((module) => module.Palette), { ssr: false });

/** Opens the command palette, as Ctrl or Cmd K does. Its code is loaded when it is first opened. */
export function PaletteButton(): ReactElement {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      setWanted(true);
      setOpen((current) => !current);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-label="Command palette"
        title="Command palette (Ctrl K)"
        className={iconButtonClass}
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
