import { useEffect, useState } from 'react';
import { changedBlocks } from './changed-blocks';

/** Marks fade within this time, then are taken away, so that the next change can mark again. */
const MARK_MS = 6_500;
const NONE: ReadonlySet<number> = new Set();

/** Starts of the blocks that changed when this text was last replaced; none on first sight. */
export function useChangedBlocks(text: string): ReadonlySet<number> {
  const [seen, setSeen] = useState({ text, changed: NONE });
  if (seen.text !== text) setSeen({ text, changed: changedBlocks(seen.text, text) });
  useEffect(() => {
    if (seen.changed.size === 0) return;
    const timer = setTimeout(() => setSeen({ text: seen.text, changed: NONE }), MARK_MS);
    return () => clearTimeout(timer);
  }, [seen]);
  return seen.text === text ? seen.changed : NONE;
}
