'use client';

import { Component, createRef, type ReactNode } from 'react';

interface KeepScrollProps {
  /** When this changes, the content below is replaced. */
  readonly version: number;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A block on the screen: its text, which usually survives, and where it was. */
interface Anchor {
  readonly text: string;
  readonly top: number;
}

const ANCHORS = 6;

/**
 * Keeps what one reads where it is on the screen while the content is replaced by a newer revision.
 * A class, because only `getSnapshotBeforeUpdate` sees the page just before it changes.
 */
export class KeepScroll extends Component<KeepScrollProps> {
  readonly #area = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate(previous: KeepScrollProps): readonly Anchor[] | null {
    if (previous.version === this.props.version || window.scrollY === 0) return null;
    return this.#blocks()
      .map((block) => ({ box: block.getBoundingClientRect(), text: block.textContent }))
      .filter(({ box, text }) => box.bottom > 0 && box.top < window.innerHeight && text.trim() !== '')
      .slice(0, ANCHORS)
      .map(({ box, text }) => ({ text, top: box.top }));
  }

  override componentDidUpdate(
    _props: KeepScrollProps,
    _state: unknown,
    anchors: readonly Anchor[] | null,
  ): void {
    if (!anchors) return;
    const blocks = this.#blocks();
    for (const anchor of anchors) {
      const block = blocks.find((candidate) => candidate.textContent === anchor.text);
      if (!block) continue;
      window.scrollBy({ top: block.getBoundingClientRect().top - anchor.top, behavior: 'instant' });
      return;
    }
  }

  #blocks(): Element[] {
    return [...(this.#area.current?.querySelectorAll(':scope > .prose-doc > *') ?? [])];
  }

  override render(): ReactNode {
    return (
      <div ref={this.#area} className={this.props.className} style={{ overflowAnchor: 'none' }}>
        {this.props.children}
      </div>
    );
  }
}
