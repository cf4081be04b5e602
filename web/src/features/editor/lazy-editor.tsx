'use client';

import dynamic from 'next/dynamic';
import type { ReactElement } from 'react';

/** The rich editor. Only the edit page pays for its code; until it is there its place is kept. */
export const LazyMarkdownEditor = dynamic(
  () => import('./rich-text/markdown-editor').then((module) => module.MarkdownEditor),
  { ssr: false, loading: EditorPlace },
);

function EditorPlace(): ReactElement {
  return <div aria-hidden="true" className="skeleton h-40 rounded-lg" />;
}
