'use client';

import type { DocumentOpened, DocumentSaved } from '@doclight/protocol';
import Link from 'next/link';
import type { ReactElement } from 'react';
import { Toaster, toast } from 'sonner';
import { Avatar } from '@/components/ui/avatar';
import { readPath } from '@/lib/documents/paths';

/** Where messages appear: bottom right, three at most. */
export function Toasts(): ReactElement {
  return <Toaster position="bottom-right" visibleToasts={3} gap={8} offset={16} mobileOffset={12} />;
}

const SHORT_MS = 5_000;
const LONG_MS = 8_000;

/** `Fry saved Budget 2027`, with a way there. A later save of the same document replaces it. */
export function toastSaved(saved: DocumentSaved): void {
  const id = `saved:${saved.documentId}`;
  toast(
    <span>
      <span className="font-medium">{saved.savedBy.name}</span> saved{' '}
      <Link
        href={readPath(saved.slug)}
        onClick={() => toast.dismiss(id)}
        className="font-medium underline decoration-line-strong underline-offset-2 hover:decoration-current"
      >
        {saved.title}
      </Link>
    </span>,
    { id, duration: LONG_MS, icon: <Avatar user={saved.savedBy} size={20} /> },
  );
}

/** Stands for more saves than anyone would read. */
export function toastManySaved(count: number): void {
  toast(`${count} documents were saved`, { id: 'saved:many', duration: SHORT_MS });
}

/** `Leela opened Budget 2027`. */
export function toastOpened(opened: DocumentOpened): void {
  toast(
    <span>
      <span className="font-medium">{opened.by.name}</span> opened {opened.title}
    </span>,
    {
      id: `opened:${opened.documentId}:${opened.by.id}`,
      duration: SHORT_MS,
      icon: <Avatar user={opened.by} size={20} />,
    },
  );
}
