import type { Node } from '@tiptap/pm/model';
import { safeGap, type Written } from './gaps';
import { ListWriter } from './list-writer';
import { matchOrigins, type Origin } from './match';
import { normalForm } from './normal-form';
import type { References } from './parse';
import { patchesOf, treeOf } from './patch-block';
import { prefixLines, type SourceBlock, type SourceFlow } from './source';
import type { SourcePool } from './source-pool';
import type { Style } from './style';
import { isWritten } from './to-mdast';
import { readsAs, type Surroundings, withoutNeedlessEscapes, writeBlocks } from './write';

/** Quotes and lists longer than this are not read again as a whole after an edit, only what changed in them. */
const longestReadAgain = 16_000;

/** Surroundings that may have been edited. */
export interface EditedSurroundings extends Surroundings {
  /** Whether the references are still those that the document was read with. */
  isAsLoaded: boolean;
}

interface Piece extends Written {
  origin: Origin<SourceBlock>;
  /** Whether the text is the source, byte for byte. */
  verbatim: boolean;
  /** Whether it stands behind what it was read behind, so that it must mean what it was read as. */
  settled: boolean;
}

/**
 * Writes rich blocks as Markdown, with their source wherever they have not changed. Made for one state of the
 * document's references; `cache` carries what was written over to the next.
 */
export class FlowWriter {
  readonly #around: EditedSurroundings;
  readonly #pool: SourcePool;
  readonly #cache: WriteCache;
  readonly #lists: ListWriter;

  constructor(around: EditedSurroundings, pool: SourcePool, cache: WriteCache) {
    this.#around = around;
    this.#pool = pool;
    this.#cache = cache;
    this.#lists = new ListWriter(around.style, pool, (blocks, flow, tight) =>
      this.write(blocks, flow, tight),
    );
  }

  /**
   * The Markdown of `blocks`, without white space at its edges.
   *
   * @param flow what the blocks were read from, if anything
   * @param tight whether no blank line is wanted between blocks that can do without
   */
  write(blocks: readonly Node[], flow: SourceFlow | null, tight: boolean): string {
    const nodes = blocks.filter(isWritten);
    const { find, next } = this.#pool.blocks;
    const origins = matchOrigins(nodes, flow?.blocks ?? [], find, next);
    const parts: string[] = [];
    let left = null as Piece | null;
    for (const [index, node] of nodes.entries()) {
      const following = nodes[index + 1];
      const after =
        origins[index + 1]?.kind === 'same' && following?.type === node.type ? origins[index + 1] : null;
      const beside = [left?.type === node.type.name ? left.text : '', after?.from.source ?? ''];
      const origin = origins[index] ?? null;
      const isFirst = left === null && origin?.from === flow?.blocks[0];
      const follows = left?.verbatim === true && this.#isNext(left.origin, origin);
      const piece = this.#piece(node, origin, beside, isFirst || (follows && left?.settled === true));
      if (left) parts.push(this.#gap(left, piece, tight, (text) => parts.splice(-1, 1, text)));
      parts.push(piece.text);
      left = follows && piece.verbatim ? { ...piece, settled: true } : piece;
    }
    return parts.join('');
  }

  #isNext(left: Origin<SourceBlock>, right: Origin<SourceBlock>): boolean {
    return left !== null && right !== null && this.#pool.blocks.next(left.from) === right.from;
  }

  /** @param beside the text of neighbours of the same type, which a list must not be taken for */
  #piece(node: Node, origin: Origin<SourceBlock>, beside: readonly string[], settled: boolean): Piece {
    const type = node.type.name;
    if (
      origin?.kind === 'same' &&
      this.#stillHolds(origin.from) &&
      (settled || this.#standsAlone(origin.from))
    ) {
      return { text: origin.from.source, type, origin, verbatim: true, settled };
    }
    const written = { type, origin, verbatim: false, settled: false };
    const from = origin?.from ?? null;
    const key = beside.join('\0');
    const cached = this.#cache.written.get(node);
    if (cached?.from === from && cached.references === this.#around.references && cached.key === key) {
      return { text: cached.text, ...written };
    }
    const text = this.#write(node, from, beside);
    this.#cache.written.set(node, { from, key, references: this.#around.references, text });
    return { text, ...written };
  }

  /** A block that leans on definitions is only as it was while they are. */
  #stillHolds(block: SourceBlock): boolean {
    if (this.#around.isAsLoaded || !block.tree || !JSON.stringify(block.node).includes('"reference":"'))
      return true;
    const tree = treeOf(block.node, this.#around);
    const comparison = { references: this.#around.references, strictness: 'written' } as const;
    return tree !== null && normalForm([tree], comparison) === normalForm([block.tree], comparison);
  }

  /** Whether a source means the same wherever it stands: `7) x` is a list only where no paragraph comes before. */
  #standsAlone(block: SourceBlock): boolean {
    const { references } = this.#around;
    const known = this.#cache.alone.get(block);
    if (known?.references === references) return known.holds;
    const tree = block.tree && treeOf(block.node, this.#around);
    const holds =
      !tree || readsAs(block.source, normalForm([tree], { references, strictness: 'written' }), references);
    this.#cache.alone.set(block, { references, holds });
    return holds;
  }

  #write(node: Node, from: SourceBlock | null, beside: readonly string[]): string {
    const tree = treeOf(node, this.#around);
    if (!tree) return '';
    if (node.type.name === 'rawBlock') return this.#lines(node.textContent.replace(/\n+$/, ''));
    const { references } = this.#around;
    const meaning = normalForm([tree], { references, strictness: 'written' });
    const isLong = node.isTextblock ? Number.POSITIVE_INFINITY : longestReadAgain;
    for (const candidate of this.#contents(node, from, beside)) {
      if (candidate.length > isLong || readsAs(candidate, meaning, references)) return candidate;
    }
    for (const { head, middle, tail } of from ? patchesOf(from, node, this.#around) : []) {
      const holds = (text: string) => readsAs(head + text + tail, meaning, references);
      if (holds(middle)) return head + withoutNeedlessEscapes(middle, holds) + tail;
    }
    const style = styleLike(this.#around.style, from);
    return this.#lines(writeBlocks([tree], { ...this.#around, style }));
  }

  /** A quote or list around what it holds, as far as possible with the source of that. */
  *#contents(node: Node, from: SourceBlock | null, beside: readonly string[]): Generator<string> {
    const inner = this.#pool.innerOf(from);
    switch (node.type.name) {
      case 'blockquote': {
        const quote = inner?.type === 'quote' ? inner : null;
        const content = this.write(node.children, quote?.content ?? null, false);
        const prefix = quote?.prefix ?? '> ';
        yield prefixLines(content, prefix, prefix, prefix.trimEnd());
        return;
      }
      case 'bulletList':
      case 'orderedList':
        yield this.#lists.write(node, inner?.type === 'list' ? inner : null, beside);
        return;
    }
  }

  /**
   * What to put between two blocks.
   *
   * @param rewrite takes another text for the left block, where its source cannot stand before the right one: a
   *   fence that is never closed would swallow it
   */
  #gap(left: Piece, right: Piece, tight: boolean, rewrite: (text: string) => void): string {
    const { eol } = this.#around.style;
    const [from, to] = [left.origin?.from, right.origin?.from];
    const known = from && to && this.#isNext(left.origin, right.origin) ? from.gap : null;
    if (known !== null && left.verbatim && right.settled) return known;
    // Spaces behind the last line belong to that line.
    const rest = left.verbatim ? (/^[ \t]*/.exec(from?.gap ?? '')?.[0] ?? '') : '';
    const candidates = [...(tight ? [rest + eol] : []), rest + eol + eol];
    if (known !== null) candidates.unshift(known);
    const { references } = this.#around;
    const safe = safeGap(left, right, candidates, references);
    if (safe !== null) return safe;
    const text = from?.tree && left.verbatim ? this.#write(from.node, null, ['', right.text]) : left.text;
    const again = text === left.text ? null : safeGap({ ...left, text }, right, candidates, references);
    if (again !== null) rewrite(text);
    // Where nothing else parts the two, a comment does.
    return again ?? `${eol}${eol}<!-- -->${eol}${eol}`;
  }

  #lines(text: string): string {
    return text.replaceAll('\n', this.#around.style.eol);
  }
}

/** What was found out about blocks, kept from one writing to the next. */
export class WriteCache {
  /** What was written for a changed block. */
  readonly written = new WeakMap<
    Node,
    { from: SourceBlock | null; key: string; references: References; text: string }
  >();
  /** Whether a block's source can stand behind anything. */
  readonly alone = new WeakMap<SourceBlock, { references: References; holds: boolean }>();
}

/** The document's style, but for what the block itself did otherwise. */
function styleLike(style: Style, from: SourceBlock | null): Style {
  if (!from) return style;
  if (from.tree?.type === 'heading') return { ...style, setext: /[\r\n]/.test(from.source) };
  const fence = from.tree?.type === 'code' ? /^[ \t]*([`~])/.exec(from.source)?.[1] : undefined;
  return fence === '`' || fence === '~' ? { ...style, fence } : style;
}
