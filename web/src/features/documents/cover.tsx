import type { CSSProperties, ReactElement } from 'react';
import { coverShape } from './cover-shape';

interface CoverProps {
  readonly seed: string;
  readonly imageUrl: string | null;
}

/** A document's image, or a quiet page of its own made from its id. Decoration either way. */
export function Cover({ seed, imageUrl }: CoverProps): ReactElement {
  if (imageUrl)
    return (
      // biome-ignore lint/performance/noImgElement: images are ours, already small, and served as they are.
      <img src={imageUrl} alt="" loading="lazy" decoding="async" className="size-full object-cover" />
    );
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
}
