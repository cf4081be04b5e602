'use client';

import type { DocumentSummary } from '@doclight/protocol';
import { memo, type ReactElement } from 'react';
import { useSummary } from '@/lib/documents/summaries';
import type { DashboardView } from './dashboard-state';
import { DocumentCard } from './document-card';
import { DocumentRow } from './document-row';
import { CardSkeleton, RowSkeleton } from './skeletons';

interface DocumentItemSlotProps {
  readonly id: string;
  /** Undefined where no loaded page holds it: then it is fetched alone. */
  readonly document: DocumentSummary | undefined;
  readonly view: DashboardView;
  readonly editable: boolean;
}

/** One place of the grid or list. It renders again for what happens to its own document only. */
export const DocumentItem = memo(function DocumentItem({
  id,
  document,
  view,
  editable,
}: DocumentItemSlotProps): ReactElement {
  if (!document) return <FetchedItem id={id} view={view} editable={editable} />;
  const Item = view === 'grid' ? DocumentCard : DocumentRow;
  return <Item document={document} editable={editable} />;
});

function FetchedItem({ id, view, editable }: Omit<DocumentItemSlotProps, 'document'>): ReactElement {
  const document = useSummary(id);
  if (document) return <DocumentItem id={id} document={document} view={view} editable={editable} />;
  return view === 'grid' ? <CardSkeleton /> : <RowSkeleton />;
}
