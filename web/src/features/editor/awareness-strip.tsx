'use client';

import { CircleAlert } from 'lucide-react';
import { type ReactElement, type RefObject, useEffect } from 'react';
import { StatusIcon } from '@/components/presence/status-icon';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/class-names';
import type { OthersPresence } from '@/lib/presence/others';
import { sentenceOf } from '@/lib/presence/sentence';
import { useStaleSince } from '@/lib/realtime/connection';
import { useNow } from '@/lib/time/use-now';
import { useInView } from '@/lib/use-in-view';
import type { Theirs } from './save-state';

/** What the header and the save bar cover of the window. */
const COVERED_PX = 108;
const STRIP_PX = 40;

interface AwarenessStripProps {
  /** Says the same at greater length; the strip is there while that is out of sight. */
  readonly standsFor: RefObject<HTMLElement | null>;
  readonly others: OthersPresence | null;
  readonly theirs: Theirs | null;
}

/**
 * What one must know while the top of a long document is out of sight: that somebody saved meanwhile, or
 * that somebody else edits. It lies over the page, so that nothing one types on moves.
 */
export function AwarenessStrip(props: AwarenessStripProps): ReactElement | null {
  const { standsFor, others, theirs } = props;
  const now = useNow();
  const stale = useStaleSince() !== null;
  const inView = useInView(standsFor, `-${COVERED_PX}px 0px 0px`);
  const editing = !stale && others?.status === 'edit' ? others : null;
  const shown = !inView && (theirs !== null || editing !== null);
  useEffect(() => {
    if (!shown) return;
    // The toolbars of the fields stay below it.
    const { style } = document.documentElement;
    style.setProperty('--editor-toolbar-top', `${COVERED_PX + STRIP_PX}px`);
    return () => void style.removeProperty('--editor-toolbar-top');
  }, [shown]);
  if (!shown) return null;
  return (
    <div className="sticky z-20 h-0" style={{ top: COVERED_PX }}>
      <section
        aria-label="Meanwhile"
        style={{ height: STRIP_PX }}
        className={cn(
          'fade-in absolute inset-x-0 top-0 border-b text-[13px]',
          theirs ? 'border-read-line bg-read-bg text-read-fg' : 'border-edit-line bg-edit-bg text-edit-fg',
        )}
      >
        <div className="mx-auto flex h-full w-full max-w-[760px] items-center gap-2 px-4 sm:px-6">
          {theirs ? (
            <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
          ) : (
            <StatusIcon status="edit" />
          )}
          <p className="min-w-0 flex-1 truncate">
            {theirs
              ? `${theirs.document.updatedBy.name} saved revision ${theirs.document.revision} meanwhile`
              : editing && sentenceOf(editing, now)}
          </p>
          <Button
            size="sm"
            onClick={() => {
              standsFor.current?.scrollIntoView({ block: 'start' });
              standsFor.current?.focus({ preventScroll: true });
            }}
          >
            Show
          </Button>
        </div>
      </section>
    </div>
  );
}
