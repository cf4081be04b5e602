'use client';

import type { ReactElement } from 'react';
import { createStore, useStore } from '../store';
import { type Announcement, foldAnnouncements } from './fold-announcements';

const FOLD_MS = 1_200;
/** A sentence stays long enough to be read out; the same one can then be said again. */
const KEEP_MS = 6_000;

const spoken = createStore('');
let waiting: Announcement[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let cleaner: ReturnType<typeof setTimeout> | undefined;

/**
 * Tells screen readers, politely, folded with whatever else happens within about a second.
 * @param text a function where it takes work to say it
 */
export function announce(text: string): void;
export function announce(text: Announcement['text'], subject: string): void;
export function announce(text: Announcement['text'], subject = String(text)): void {
  waiting.push({ subject, text });
  timer ??= setTimeout(() => {
    timer = undefined;
    spoken.set(foldAnnouncements(waiting));
    waiting = [];
    clearTimeout(cleaner);
    cleaner = setTimeout(() => spoken.set(''), KEEP_MS);
  }, FOLD_MS);
}

/** The page's one live region. */
export function Announcer(): ReactElement {
  const text = useStore(spoken, (value) => value);
  return (
    <div className="sr-only" aria-live="polite" aria-atomic="true">
      {text}
    </div>
  );
}
