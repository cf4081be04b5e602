import { createStore, type Store } from '@/lib/store';
import type { DashboardSort } from './order';

export type DashboardFilter = 'all' | 'edit' | 'read' | 'watched';
export type DashboardView = 'grid' | 'list';

/** What the dashboard shows and how; it survives going to a document and back. */
export interface DashboardState {
  readonly query: string;
  readonly filter: DashboardFilter;
  readonly sort: DashboardSort;
  readonly view: DashboardView;
}

const KEY = 'doclight:dashboard';

export const dashboardState: Store<DashboardState> = createStore<DashboardState>({
  query: '',
  filter: 'all',
  sort: 'activity',
  view: 'grid',
});

let restored = false;

/** Takes over what this browser chose last time. Has an effect only once, before the first render. */
export function restoreDashboardState(): void {
  if (restored) return;
  restored = true;
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return;
    const { sort, view } = stored as Record<string, unknown>;
    dashboardState.update((state) => ({
      ...state,
      sort: sort === 'changed' || sort === 'title' ? sort : 'activity',
      view: view === 'list' ? 'list' : 'grid',
    }));
  } catch {
    // Nothing stored that could be read: the defaults hold.
  }
}

/** Changes the dashboard; order and view are remembered in this browser. */
export function changeDashboard(change: Partial<DashboardState>): void {
  dashboardState.update((state) => ({ ...state, ...change }));
  const { sort, view } = dashboardState.get();
  try {
    localStorage.setItem(KEY, JSON.stringify({ sort, view }));
  } catch {
    // Storage is switched off: the choice holds for this page.
  }
}
