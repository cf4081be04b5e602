import type { Node } from '@tiptap/pm/model';
import { matchOrigins, type Origin } from './match';
import { type ItemLead, type ListSource, prefixLines, type SourceFlow, type SourceItem } from './source';
import type { SourcePool } from './source-pool';
import type { Style } from './style';

type WriteFlow = (blocks: readonly Node[], flow: SourceFlow | null, tight: boolean) => string;

/** Writes lists item by item: unchanged items as they were, changed ones with only their changed blocks new. */
export class ListWriter {
  readonly #style: Style;
  readonly #pool: SourcePool;
  readonly #writeFlow: WriteFlow;

  /** @param writeFlow writes what an item holds */
  constructor(style: Style, pool: SourcePool, writeFlow: WriteFlow) {
    this.#style = style;
    this.#pool = pool;
    this.#writeFlow = writeFlow;
  }

  /** @param beside the text of neighbouring lists, whose marker would make one list of the two */
  write(list: Node, source: ListSource | null, beside: readonly string[]): string {
    const { find, next } = this.#pool.items;
    const items = list.children;
    const origins = matchOrigins(items, source?.items ?? [], find, next);
    const markers = this.#markers(list, origins, source, beside);
    const like = source?.items[0]?.lead ?? null;
    let text = '';
    for (const [index, item] of items.entries()) {
      if (index > 0) text += this.#gap(list, origins[index - 1] ?? null, origins[index] ?? null);
      text += this.#item(item, origins[index] ?? null, markers[index] ?? '-', like);
    }
    return text;
  }

  #item(item: Node, origin: Origin<SourceItem>, marker: string, like: ItemLead | null): string {
    const from = origin?.from ?? null;
    if (from && origin?.kind === 'same' && from.lead.marker === marker) return from.source;
    const { indent, space } = from?.lead ?? like ?? { indent: '', space: ' ' };
    const start = indent + marker + (/^ {1,4}$|^\t$/.test(space) ? space : ' ');
    const further =
      from?.content && (from.content.indent === '\t' || from.lead.marker.length === marker.length);
    const rest = further ? from.content?.indent : undefined;
    const flow = from?.content?.flow ?? null;
    const content = this.#writeFlow(item.children, flow, item.attrs.spread !== true);
    const checkbox = checkboxOf(item, from);
    // An empty task is none in Markdown: an encoded space stands in for its words.
    const words = checkbox !== '' && content === '' ? '&#x20;' : content;
    return prefixLines(words, start + checkbox, rest ?? ' '.repeat(start.length));
  }

  #gap(list: Node, left: Origin<SourceItem>, right: Origin<SourceItem>): string {
    if (left && right && this.#pool.items.next(left.from) === right.from) return left.from.gap;
    const { eol } = this.#style;
    const rest = left?.kind === 'same' ? (/^[ \t]*/.exec(left.from.gap)?.[0] ?? '') : '';
    return list.attrs.spread === true ? rest + eol + eol : rest + eol;
  }

  #markers(
    list: Node,
    origins: readonly Origin<SourceItem>[],
    source: ListSource | null,
    beside: readonly string[],
  ): string[] {
    const ordered = list.type.name === 'orderedList';
    const taken = beside.map((text) => (ordered ? /^\s*\d+([.)])/ : /^\s*([-*+])/).exec(text)?.[1]);
    const own = source?.items[0]?.lead.marker.at(-1);
    const usual = ordered ? ['.', ')'] : ['-', '*', '+'];
    const wanted = [own ?? (ordered ? this.#style.bulletOrdered : this.#style.bullet), ...usual];
    const sign = wanted.find((candidate) => !taken.includes(candidate)) ?? usual[0] ?? '-';
    if (!ordered) return list.children.map(() => sign);

    const numbers = source?.items.map(({ lead }) => Number.parseInt(lead.marker, 10)) ?? [];
    const [first = 1, second] = numbers;
    const step = second === undefined ? 1 : second - first;
    const regular =
      step < 2 && step >= 0 && numbers.every((number, index) => number === first + index * step);
    let number = Number(list.attrs.start ?? 1) - step;
    return list.children.map((_, index) => {
      const was = origins[index]?.from.lead.marker ?? '';
      const kept = Number.parseInt(was, 10);
      // A list that counts in its own way keeps its numbers, and goes on from there.
      number = !regular && index > 0 && Number.isFinite(kept) ? kept : number + (regular ? step : 1);
      if (index === 0) number = Number(list.attrs.start ?? 1);
      return kept === number && was.endsWith(sign) ? was : `${number}${sign}`;
    });
  }
}

function checkboxOf(item: Node, from: SourceItem | null): string {
  const { checked } = item.attrs;
  if (typeof checked !== 'boolean') return '';
  const was = from?.lead.checkbox ?? '';
  return was !== '' && /x/i.test(was) === checked ? was : checked ? '[x] ' : '[ ] ';
}
