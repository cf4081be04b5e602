import type { CSSProperties } from 'react';
import type { OthersPresence } from '@/lib/presence/others';
import { useGlow } from '@/lib/presence/recent-changes';
import { useOthers } from '@/lib/presence/use-presence';
import { useStaleSince } from '@/lib/realtime/connection';

interface ArticleLook {
  readonly others: OthersPresence | null;
  /** Class of the edge: the state, softly, and the glow of a change that just happened. */
  readonly edge: string;
  readonly style: CSSProperties;
}

const EDGES = {
  free: 'border-line hover:border-line-strong',
  read: 'border-read-line',
  edit: 'border-edit-line',
} as const;

/** How a document's article looks for what goes on in it. */
export function useArticle(workspaceId: string, documentId: string): ArticleLook {
  const others = useOthers(workspaceId, documentId);
  const glow = useGlow(documentId);
  const stale = useStaleSince() !== null;
  const status = others?.status ?? 'free';
  return {
    others,
    edge: `${stale ? EDGES.free : EDGES[status]} ${glow === null ? '' : 'edge-glow'}`,
    // The name of the colour changes with the state; the animation runs whenever the class appears.
    style: { '--glow': `var(--${status})` } as CSSProperties,
  };
}
