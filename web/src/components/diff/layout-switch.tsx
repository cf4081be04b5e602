'use client';

import { Columns2, Rows2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { Segments } from '@/components/ui/segments';
import { chooseDiffLayout, useDiffLayout } from '@/lib/diff/diff-layout';

/** Chooses between one column and two, for every diff; nothing where only one fits. */
export function DiffLayoutSwitch(): ReactElement | null {
  const layout = useDiffLayout();
  if (layout === null) return null;
  return (
    <Segments
      label="Layout of the changes"
      value={layout}
      onChoose={chooseDiffLayout}
      choices={[
        {
          value: 'inline',
          text: (
            <>
              <Rows2 aria-hidden="true" className="size-4" />
              Inline
            </>
          ),
        },
        {
          value: 'side-by-side',
          text: (
            <>
              <Columns2 aria-hidden="true" className="size-4" />
              Side by side
            </>
          ),
        },
      ]}
    />
  );
}
