'use client';

import type { DocumentSummary } from '@doclight/protocol';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactElement, useEffect, useRef } from 'react';
import type { DashboardView } from './dashboard-state';
import { DocumentItem } from './document-item';
import { CardSkeleton, RowSkeleton } from './skeletons';
import { layoutFor, useArea } from './use-columns';
import { useSteadyOrder } from './use-steady-order';

/** Rows kept ready above and below what can be seen. */
const OVERSCAN = 5;
/** With no more rows than this in the whole list, all of them are there, so that the browser's own search finds them. */
const SMALL = 12;

interface DocumentGridProps {
  readonly ids: readonly string[];
  /** What is being shown (search, filter, order): another one takes its order at once. */
  readonly scope: string;
  readonly documents: ReadonlyMap<string, DocumentSummary>;
  readonly view: DashboardView;
  readonly editable: boolean;
  readonly hasMore: boolean;
  readonly onReachEnd: () => void;
  /** Told which documents are near the screen. */
  readonly onShow: (ids: readonly string[]) => void;
}

/** The documents in rows, of which only those near the screen exist. */
export function DocumentGrid(props: DocumentGridProps): ReactElement {
  const { documents, view, editable, hasMore, onReachEnd, onShow } = props;
  const area = useRef<HTMLDivElement>(null);
  const ids = useSteadyOrder(area, props.ids, props.scope);
  const { width, top } = useArea(area);
  const { columns, rowHeight, gap } = layoutFor(width, view);
  const filled = Math.ceil(ids.length / columns);
  const rows = filled + (hasMore ? 1 : 0);
  const virtualizer = useWindowVirtualizer({
    count: width === 0 ? 0 : rows,
    estimateSize: () => rowHeight + gap,
    overscan: !hasMore && rows <= SMALL ? SMALL : OVERSCAN,
    scrollMargin: top,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new layout makes the measured sizes wrong.
  useEffect(() => virtualizer.measure(), [rowHeight, gap, virtualizer]);
  const items = virtualizer.getVirtualItems();
  const atEnd = hasMore && (items.at(-1)?.index ?? 0) >= filled - 2 && items.length > 0;
  useEffect(() => {
    if (atEnd) onReachEnd();
  }, [atEnd, onReachEnd]);
  const from = (items.at(0)?.index ?? 0) * columns;
  const to = ((items.at(-1)?.index ?? 0) + 1) * columns;
  useEffect(() => onShow(ids.slice(from, to)), [onShow, ids, from, to]);
  return (
    <div ref={area} className="relative" style={{ height: Math.max(0, virtualizer.getTotalSize() - gap) }}>
      {items.map((item) => (
        <div
          key={item.key}
          // A complaint about a new title floats over the row below.
          className="absolute inset-x-0 top-0 grid has-[[data-renaming]]:z-10"
          style={{
            height: rowHeight,
            gap,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            transform: `translateY(${item.start - top}px)`,
          }}
        >
          {item.index < filled
            ? ids
                .slice(item.index * columns, (item.index + 1) * columns)
                .map((id) => (
                  <DocumentItem
                    key={id}
                    id={id}
                    document={documents.get(id)}
                    view={view}
                    editable={editable}
                  />
                ))
            : Array.from({ length: columns }, (_, place) =>
                view === 'grid' ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing but their place.
                  <CardSkeleton key={place} />
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing but their place.
                  <RowSkeleton key={place} />
                ),
              )}
        </div>
      ))}
    </div>
  );
}
