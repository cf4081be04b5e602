import type { Thumbnail } from '@doclight/protocol';
import { type CSSProperties, memo, type ReactElement } from 'react';
import { madeThumbnails } from '@/lib/documents/made-thumbnails';
import { useStore } from '@/lib/store';
import { coverShape } from './cover-shape';

interface CoverProps {
  readonly seed: string;
  readonly imageUrl: string | null;
  readonly thumbnails: readonly Thumbnail[];
}

/** A card is as wide as a phone, or a column of at least 272 and mostly less than 400 pixels. */
const CARD_SIZES = '(min-width: 640px) 360px, 100vw';

/** A document's image, or a quiet page of its own made from its id. Decoration either way. */
export const Cover = memo(function Cover({ seed, imageUrl, thumbnails }: CoverProps): ReactElement {
  const made = useStore(madeThumbnails, (all) => (imageUrl ? all.get(imageUrl) : undefined));
  if (imageUrl) {
    const small = thumbnails.length > 0 ? thumbnails : (made ?? []);
    return (
      // biome-ignore lint/performance/noImgElement: images are ours, and there in small.
      <img
        // Until they are made in small, the image itself. Sizes come first: what is set later loads twice.
        sizes={small.length > 0 ? CARD_SIZES : undefined}
        srcSet={small.length > 0 ? small.map(({ url, width }) => `${url} ${width}w`).join(', ') : undefined}
        src={small[0]?.url ?? imageUrl}
        alt=""
        loading="lazy"
        decoding="async"
        className="size-full object-cover"
      />
    );
  }
  const { hue, lines } = coverShape(seed);
  const style = {
    background: `oklch(var(--cover-l) var(--cover-c) ${hue})`,
    '--ink': `oklch(var(--cover-ink) var(--cover-c) ${hue})`,
  } as CSSProperties;
  return (
    <div aria-hidden="true" style={style} className="size-full">
      <svg aria-hidden="true" viewBox="0 0 288 88" preserveAspectRatio="xMinYMin slice" className="size-full">
        <g fill="var(--ink)">
          {lines.map((line) => (
            <rect
              key={line.y}
              x={line.x}
              y={line.y}
              width={line.width}
              height={line.height}
              rx={line.height / 2}
            />
          ))}
        </g>
      </svg>
    </div>
  );
});
