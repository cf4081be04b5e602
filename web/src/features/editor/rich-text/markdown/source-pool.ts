import type { Node } from '@tiptap/pm/model';
import type { InnerSource, SourceBlock, SourceFlow, SourceItem } from './source';

/** What is remembered of the things of one kind: by identity, by structure, and what followed what. */
class Index<T extends { node: Node }> {
  readonly #own = new WeakMap<Node, T>();
  readonly #next = new Map<T, T>();
  readonly #waiting: T[] = [];
  readonly #alike = new Map<string, T[]>();

  add(run: readonly T[]): void {
    for (const [index, entry] of run.entries()) {
      this.#own.set(entry.node, entry);
      this.#waiting.push(entry);
      const next = run[index + 1];
      if (next) this.#next.set(entry, next);
    }
  }

  readonly next = (entry: T): T | undefined => this.#next.get(entry);

  readonly find = (node: Node): readonly T[] => {
    const own = this.#own.get(node);
    if (own) return [own];
    // Comparing by structure is for pasted and undone blocks; a document that is only typed in never needs it.
    for (const entry of this.#waiting.splice(0)) {
      const key = JSON.stringify(entry.node);
      const alike = this.#alike.get(key);
      if (alike) alike.push(entry);
      else this.#alike.set(key, [entry]);
    }
    return this.#alike.get(JSON.stringify(node)) ?? [];
  };
}

/** Every block and list item that was ever read from Markdown for one editor, with its source. */
export class SourcePool {
  readonly blocks = new Index<SourceBlock>();
  readonly items = new Index<SourceItem>();
  readonly #takenApart = new WeakSet<SourceBlock>();

  /** Remembers a flow. */
  add(flow: SourceFlow): void {
    this.blocks.add(flow.blocks);
  }

  /** What a quote or list holds, which is remembered as well. */
  innerOf(block: SourceBlock | null): InnerSource | null {
    const inner = block?.inner() ?? null;
    if (!block || !inner || this.#takenApart.has(block)) return inner;
    this.#takenApart.add(block);
    if (inner.type === 'quote') {
      this.add(inner.content);
    } else {
      this.items.add(inner.items);
      for (const { content } of inner.items) if (content) this.add(content.flow);
    }
    return inner;
  }
}
