'use client';

import { Menu } from '@base-ui/react/menu';
import { ChevronDown, GitCompareArrows } from 'lucide-react';
import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { MenuChoices, MenuItem, MenuPanel, MenuSeparator } from '@/components/ui/menu';
import { relativeTime } from '@/lib/time/relative-time';
import { useNow } from '@/lib/time/use-now';
import { type Against, pairOf } from './selection';
import type { RevisionListing } from './use-revisions';
import type { SelectionControl } from './use-selection';

interface CompareMenuProps {
  readonly control: SelectionControl;
  readonly listing: RevisionListing;
  readonly chosen: number;
  readonly newest: number;
}

/** Chooses what a revision is compared with: the one before, the current one, or any other. */
export function CompareMenu({ control, listing, chosen, newest }: CompareMenuProps): ReactElement | null {
  const now = useNow();
  if (newest === 1) return null;
  const { against } = control.selection;
  const pair = pairOf(control.selection, newest);
  const other = pair.after === chosen ? pair.before : pair.after;
  const value = against === 'current' && chosen === newest ? 'previous' : String(against);
  const choose = (choice: string): void => {
    const next: Against = choice === 'previous' || choice === 'current' ? choice : Number(choice);
    control.choose({ revision: chosen, against: next });
  };
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className={buttonClass({ size: 'sm' }, 'max-w-full')}>
        <GitCompareArrows aria-hidden="true" />
        <span className="truncate">
          {other === 0 ? 'Compare with…' : `Compared with ${nameOf(value, other)}`}
        </span>
        <ChevronDown aria-hidden="true" />
      </Menu.Trigger>
      <MenuPanel align="start" className="max-h-[min(24rem,var(--available-height))] w-72">
        <MenuChoices
          heading="Compare with"
          value={value}
          onChoose={choose}
          choices={[
            ...(chosen > 1 ? [{ value: 'previous', text: `The one before (${chosen - 1})` }] : []),
            ...(chosen < newest ? [{ value: 'current', text: `The current one (${newest})` }] : []),
          ]}
        />
        <MenuSeparator />
        <MenuChoices
          heading="Any revision"
          value={value}
          onChoose={choose}
          choices={listing.revisions
            .filter(({ revision }) => revision !== chosen)
            .map(({ revision, author, savedAt }) => ({
              value: String(revision),
              text: `${revision} · ${author.name}, ${relativeTime(savedAt, now)}`,
            }))}
        />
        {listing.hasMore ? (
          <MenuItem keepsOpen onSelect={listing.loadMore}>
            Show older ones
          </MenuItem>
        ) : null}
      </MenuPanel>
    </Menu.Root>
  );
}

function nameOf(value: string, other: number): string {
  if (value === 'previous') return `the one before (${other})`;
  return value === 'current' ? `the current one (${other})` : `revision ${other}`;
}
