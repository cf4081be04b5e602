'use client';

import type { DocumentSummary } from '@doclight/protocol';
import { memo, type ReactElement, useDeferredValue, useEffect, useRef } from 'react';
import type { DashboardView } from './dashboard-state';
import { DocumentItem } from './document-item';
import { CardSkeleton, RowSkeleton } from './skeletons';
import { layoutFor, useArea } from './use-columns';
import { joinWindows, useRowWindow } from './use-row-window';
import { useSteadyOrder } from './use-steady-order';

/** Rows kept ready above and below what can be seen. */
const OVERSCAN = 2;
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

/** The documents in rows, of which only those near the screen exist. Who is in them is for each card to follow. */
export const DocumentGrid = memo(function DocumentGrid(props: DocumentGridProps): ReactElement {
  const { documents, view, editable, hasMore, onReachEnd, onShow } = props;
  const area = useRef<HTMLDivElement>(null);
  const ids = useSteadyOrder(area, props.ids, props.scope);
  const { width, top } = useArea(area);
  const { columns, rowHeight, gap } = layoutFor(width, view);
  const filled = Math.ceil(ids.length / columns);
  const rows = filled + (hasMore ? 1 : 0);
  const pitch = rowHeight + gap;
  const list = { count: width === 0 ? 0 : rows, pitch, top };
  const seen = useRowWindow({ ...list, overscan: 0 });
  // Those beyond the window come when there is time: a leap makes a whole screen of cards anew as it is.
  const around = useDeferredValue(
    useRowWindow({ ...list, overscan: !hasMore && rows <= SMALL ? SMALL : OVERSCAN }),
  );
  const { from, to } = joinWindows(seen, around);
  const atEnd = hasMore && to > from && to > filled - 2;
  useEffect(() => {
    if (atEnd) onReachEnd();
  }, [atEnd, onReachEnd]);
  useEffect(() => onShow(ids.slice(from * columns, to * columns)), [onShow, ids, from, to, columns]);
  return (
    <div
      ref={area}
      className="relative"
      style={{ height: width === 0 ? 0 : Math.max(0, rows * pitch - gap) }}
    >
      {Array.from({ length: to - from }, (_, place) => from + place).map((row) => (
        <div
          key={row}
          // A complaint about a new title floats over the row below.
          className="absolute inset-x-0 top-0 grid has-[[data-renaming]]:z-10"
          style={{
            height: rowHeight,
            gap,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            transform: `translateY(${row * pitch}px)`,
          }}
        >
          {row < filled
            ? ids
                .slice(row * columns, (row + 1) * columns)
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
});
