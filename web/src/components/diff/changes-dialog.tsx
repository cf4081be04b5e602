'use client';

import { type ReactElement, type ReactNode, useState } from 'react';
import { Modal } from '@/components/ui/dialog';
import { Segments } from '@/components/ui/segments';
import { DocumentDiff, type DocumentWords } from './document-diff';
import { DiffLayoutSwitch } from './layout-switch';

/** Two versions to compare, under a name. */
export interface Comparison {
  /** What the button says that shows it, e.g. `What Fry changed`. */
  readonly name: string;
  readonly before: DocumentWords | null;
  readonly after: DocumentWords;
}

interface ChangesDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly heading: string;
  /** At least one; the first is shown first. */
  readonly comparisons: readonly Comparison[];
  /** Below the changes: what can be done about them. */
  readonly children?: ReactNode;
}

/** Changes in a dialog of their own; of several comparisons one at a time. */
export function ChangesDialog(props: ChangesDialogProps): ReactElement {
  return (
    <Modal wide open={props.open} onClose={props.onClose} heading={props.heading}>
      <Changes comparisons={props.comparisons} />
      {props.children ? <div className="mt-5 flex flex-wrap justify-end gap-2">{props.children}</div> : null}
    </Modal>
  );
}

function Changes({ comparisons }: { readonly comparisons: readonly Comparison[] }): ReactElement | null {
  const [chosen, setChosen] = useState('0');
  const shown = comparisons[Number(chosen)] ?? comparisons[0];
  if (!shown) return null;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2 empty:hidden">
        {comparisons.length > 1 ? (
          <Segments
            label="Which changes"
            value={chosen}
            onChoose={setChosen}
            choices={comparisons.map(({ name }, index) => ({ value: String(index), text: name }))}
          />
        ) : null}
        <DiffLayoutSwitch />
      </div>
      <DocumentDiff before={shown.before} after={shown.after} />
    </>
  );
}
