'use client';

import { type ReactElement, type ReactNode, useMemo } from 'react';
import { diffText, type TextDiff } from '@/lib/diff/text-diff';
import { ImageDiff } from './image-diff';
import { Words } from './pieces';
import { TextDiffView } from './text-diff-view';

/** What one compares of a document. */
export interface DocumentWords {
  readonly title: string;
  readonly abstract: string;
  readonly text: string;
  /** Left out where the image plays no part, as in a draft. */
  readonly imageUrl?: string | null;
}

interface DocumentDiffProps {
  /** Null: there was nothing before. */
  readonly before: DocumentWords | null;
  readonly after: DocumentWords;
}

const NOTHING: DocumentWords = { title: '', abstract: '', text: '', imageUrl: null };

/** What changed from one version of a document to another: title, image, abstract and text, each apart. */
export function DocumentDiff({ before, after }: DocumentDiffProps): ReactElement {
  const old = before ?? NOTHING;
  const abstract = useMemo(() => diffText(old.abstract, after.abstract), [old.abstract, after.abstract]);
  const text = useMemo(() => diffText(old.text, after.text), [old.text, after.text]);
  const image = old.imageUrl !== undefined && after.imageUrl !== undefined && old.imageUrl !== after.imageUrl;
  if (old.title === after.title && !image && old.abstract === after.abstract && old.text === after.text)
    return <p className="rounded-lg border border-line bg-surface p-4 text-muted">Nothing differs.</p>;
  return (
    <div className="flex flex-col gap-6">
      {old.title === after.title ? null : (
        <Part heading="Title" change={before === null ? 'added' : 'changed'}>
          <div className="diff diff-title">
            <p className="diff-marks diff-mixed">
              <Words before={old.title} after={after.title} />
            </p>
          </div>
        </Part>
      )}
      {image ? (
        <Part heading="Image" change={imageChange(old.imageUrl, after.imageUrl)}>
          <ImageDiff before={old.imageUrl ?? null} after={after.imageUrl ?? null} />
        </Part>
      ) : null}
      {old.abstract === after.abstract ? null : (
        <Part heading="Abstract" change={countsOf(abstract)}>
          <TextDiffView diff={abstract} label="Changes in the abstract" />
        </Part>
      )}
      {old.text === after.text ? null : (
        <Part heading="Text" change={countsOf(text)}>
          <TextDiffView diff={text} label="Changes in the text" />
        </Part>
      )}
    </div>
  );
}

interface PartProps {
  readonly heading: string;
  readonly change: string;
  readonly children: ReactNode;
}

function Part({ heading, change, children }: PartProps): ReactElement {
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-2">
        <h3 className="text-[13px] font-semibold">{heading}</h3>
        <p className="text-xs text-muted">{change}</p>
      </div>
      {children}
    </section>
  );
}

function imageChange(before: string | null | undefined, after: string | null | undefined): string {
  if (!before) return 'added';
  return after ? 'replaced' : 'removed';
}

/** Counts in words, e.g. `2 lines added, 1 changed`. */
function countsOf({ added, removed, changed }: TextDiff): string {
  const counts = [
    [added, 'added'],
    [removed, 'removed'],
    [changed, 'changed'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what], index) =>
      index === 0
        ? `${count.toLocaleString('en')} ${count === 1 ? 'line' : 'lines'} ${what}`
        : `${count.toLocaleString('en')} ${what}`,
    )
    .join(', ');
}
