import type { ReactElement } from 'react';

/** The traffic light of Doclight: an open, a half and a full circle on a page. */
export function Logo(): ReactElement {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 24" className="h-6 w-5 shrink-0" fill="none">
      <rect
        x="0.75"
        y="0.75"
        width="18.5"
        height="22.5"
        rx="4.25"
        className="fill-fg stroke-fg"
        strokeWidth="1.5"
      />
      <circle cx="10" cy="6.25" r="2.25" fill="#ff6a5f" />
      <circle cx="10" cy="12" r="2.25" fill="#f0c24b" />
      <circle cx="10" cy="17.75" r="2.25" fill="#35c07a" />
    </svg>
  );
}
