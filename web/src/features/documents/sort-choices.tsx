'use client';

import type { ReactElement } from 'react';
import { MenuChoices } from '@/components/ui/menu';
import { useStore } from '@/lib/store';
import { changeDashboard, dashboardState } from './dashboard-state';
import { SORTS } from './order';

/** In a menu: how the dashboard is ordered. */
export function SortChoices(): ReactElement {
  const sort = useStore(dashboardState, (state) => state.sort);
  return (
    <MenuChoices
      heading="Sort by"
      value={sort}
      choices={SORTS}
      onChoose={(value) => changeDashboard({ sort: value })}
    />
  );
}
