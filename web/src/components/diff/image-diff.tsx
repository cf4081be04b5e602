import type { ReactElement } from 'react';

interface ImageDiffProps {
  readonly before: string | null;
  readonly after: string | null;
}

/** The image that was there and the one that is. */
export function ImageDiff({ before, after }: ImageDiffProps): ReactElement {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {before ? <Picture url={before} sign="−" name="Removed image" className="border-removed-line" /> : null}
      {after ? <Picture url={after} sign="+" name="Added image" className="border-added-line" /> : null}
    </div>
  );
}

interface PictureProps {
  readonly url: string;
  readonly sign: string;
  readonly name: string;
  readonly className: string;
}

function Picture({ url, sign, name, className }: PictureProps): ReactElement {
  return (
    <figure className={`min-w-0 overflow-hidden rounded-lg border bg-surface ${className}`}>
      {/* biome-ignore lint/performance/noImgElement: images are ours, already small, and served as they are. */}
      <img src={url} alt={name} loading="lazy" className="aspect-[2/1] w-full object-cover" />
      <figcaption className="border-t border-line px-2.5 py-1.5 text-xs text-muted">
        <span aria-hidden="true" className="mr-1.5 font-mono font-semibold">
          {sign}
        </span>
        {name}
      </figcaption>
    </figure>
  );
}
