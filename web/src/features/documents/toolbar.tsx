'use client';

import { ArrowDownUp, LayoutGrid, Plus, Rows3, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactElement, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { buttonClass, iconButtonClass } from '@/components/ui/button-class';
import { MenuButton } from '@/components/ui/menu-button';
import { newPath } from '@/lib/documents/paths';
import { lazily } from '@/lib/lazy/lazily';
import { useStore } from '@/lib/store';
import { changeDashboard, dashboardState } from './dashboard-state';
import { SORTS } from './order';

const SortChoices = lazily(() => import('./sort-choices').then((module) => module.SortChoices));

const SEARCH_AFTER_MS = 180;

/** Search, order, grid or list. */
export function ViewControls(): ReactElement {
  const { sort, view } = useStore(dashboardState, (state) => state);
  const sortName = SORTS.find((choice) => choice.value === sort)?.text ?? '';
  const ViewIcon = view === 'grid' ? Rows3 : LayoutGrid;
  return (
    <div className="flex w-full min-w-0 items-center gap-1 md:w-auto md:flex-1 md:justify-end">
      <SearchField />
      <MenuButton
        aria-label={`Sort: ${sortName}`}
        className={buttonClass({ tone: 'quiet' }, 'px-2')}
        load={SortChoices.preload}
        items={<SortChoices />}
      >
        <ArrowDownUp aria-hidden="true" />
        <span className="hidden text-[13px] lg:inline">{sortName}</span>
      </MenuButton>
      <button
        type="button"
        aria-label={view === 'grid' ? 'Show as list' : 'Show as grid'}
        className={iconButtonClass}
        onClick={() => changeDashboard({ view: view === 'grid' ? 'list' : 'grid' })}
      >
        <ViewIcon aria-hidden="true" />
      </button>
    </div>
  );
}

function SearchField(): ReactElement {
  const query = useStore(dashboardState, (state) => state.query);
  const [typed, setTyped] = useState(query);
  useEffect(() => {
    const timer = setTimeout(() => changeDashboard({ query: typed.trim() }), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div className="relative min-w-0 flex-1 md:max-w-64">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-subtle"
      />
      <input
        type="search"
        aria-label="Search documents"
        placeholder="Search"
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
        className="h-9 w-full rounded-lg border border-line bg-surface pr-3 pl-9 text-base outline-offset-0 hover:border-line-strong sm:text-[13px]"
      />
    </div>
  );
}

/** Opens a page to write a new document on. */
export function NewDocumentButton(): ReactElement {
  const router = useRouter();
  // With the page comes the code of the editor: nothing for those who only look.
  const prepare = (): void => router.prefetch(newPath);
  return (
    <Button tone="primary" onPointerEnter={prepare} onFocus={prepare} onClick={() => router.push(newPath)}>
      <Plus aria-hidden="true" />
      New document
    </Button>
  );
}
