import type { Node } from '@tiptap/pm/model';
import type { RootContent } from 'mdast';

/**
 * A piece of Markdown taken apart into blocks. `lead`, then `source` and `gap` of each block in turn, is the
 * piece again, byte for byte.
 */
export interface SourceFlow {
  /** White space before the first block. */
  lead: string;
  blocks: SourceBlock[];
}

/** A block as it was read: the rich node, and the bytes it stands for as long as nobody changes it. */
export interface SourceBlock {
  node: Node;
  /** Whole lines: starts where its first line starts (indentation included), ends behind its last character. */
  source: string;
  /** White space from there to the line on which the next block starts. */
  gap: string;
  /** The parsed block with offsets into `source`; null where the block is kept as source. */
  tree: RootContent | null;
  /** Takes apart what a quote or list holds; null where that cannot be done without loss. Done once, when asked. */
  inner: () => InnerSource | null;
}

export type InnerSource = QuoteSource | ListSource;

export interface QuoteSource {
  type: 'quote';
  /** What every line starts with. */
  prefix: string;
  content: SourceFlow;
}

export interface ListSource {
  type: 'list';
  items: SourceItem[];
}

export interface SourceItem {
  node: Node;
  source: string;
  gap: string;
  lead: ItemLead;
  /** What the item holds and what its further lines start with; null where it cannot be taken apart. */
  content: { flow: SourceFlow; indent: string } | null;
}

/** What stands before an item's content on its first line. Joined, it is the start of the item's source. */
export interface ItemLead {
  indent: string;
  marker: string;
  space: string;
  /** `[ ] ` or `[x] ` in a task, else empty. */
  checkbox: string;
}

/** Puts `first` before the first line of `text` and `rest` before the others, but for empty ones. */
export function prefixLines(text: string, first: string, rest: string, empty = ''): string {
  return text
    .split(/(?<=\r\n|\n|\r(?!\n))/)
    .map((line, index) => {
      if (index === 0) return /^[\r\n]/.test(line) || line === '' ? first.trimEnd() + line : first + line;
      return /^[\r\n]|^$/.test(line) ? empty + line : rest + line;
    })
    .join('');
}
