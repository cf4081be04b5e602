import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import { parseBlocks, type References } from './parse';

/** How exactly two trees are compared. */
export interface Comparison {
  references: References;
  /**
   * `exact` tells whether a rich block can stand for its source; `written` whether freshly written Markdown
   * says what the person sees, where looseness of lists, the kind of a reference, and whether a bare address
   * is a link are no difference.
   */
  strictness: 'exact' | 'written';
}

const linkPrefix = 'link ';

/** A run of text, or one thing in a line, with the marks that lie on it. */
type Token = { marks: string[]; text: string } | { marks: string[]; thing: unknown };

/**
 * What `nodes` mean, as one string that is equal exactly for trees of equal meaning: without positions, with
 * inline nesting flattened to runs with sorted marks (`**_a_**` and `_**a**_` are alike) and without white
 * space at the edges of text blocks, which Markdown cannot hold.
 */
export function normalForm(nodes: readonly RootContent[], comparison: Comparison): string {
  return JSON.stringify(blocks(nodes, comparison));
}

function blocks(nodes: readonly Nodes[], comparison: Comparison): unknown[] {
  return nodes.flatMap((node) => block(node, comparison));
}

function block(node: Nodes, comparison: Comparison): unknown[] {
  const exact = comparison.strictness === 'exact';
  switch (node.type) {
    case 'paragraph': {
      const content = phrasing(node.children, comparison);
      return content.length === 0 ? [] : [['paragraph', content]];
    }
    case 'heading':
      return [['heading', node.depth, phrasing(node.children, comparison)]];
    case 'blockquote':
      return [['blockquote', blocks(node.children, comparison)]];
    case 'list':
      return [['list', listKind(node), exact && node.spread === true, blocks(node.children, comparison)]];
    case 'listItem': {
      const spread = exact && node.spread === true;
      return [['item', node.checked ?? null, spread, blocks(node.children, comparison)]];
    }
    case 'code':
      // At its end, whether a fence that is never closed holds a last line end is up to the file.
      return [
        ['code', node.lang ?? '', node.meta ?? '', exact ? lines(node.value) : lines(node.value).trimEnd()],
      ];
    case 'table': {
      const width = node.children[0]?.children.length ?? 0;
      const rows = node.children.map((row) => {
        const cells: unknown[] = row.children.map((cell) => phrasing(cell.children, comparison));
        while (cells.length < width) cells.push([]);
        return cells;
      });
      const align = Array.from({ length: width }, (_, column) => node.align?.[column] ?? null);
      return [['table', align, rows]];
    }
    case 'html':
      // Source that is kept as it is stands in the tree as HTML, the one node that is written verbatim.
      if (node.data?.source) return blocks(parseBlocks(node.value, comparison.references), comparison);
      return [['html', lines(node.value)]];
    default:
      return [bare(node)];
  }
}

function listKind(node: Nodes & { type: 'list' }): unknown {
  return node.ordered ? (node.start ?? 1) : 'bullet';
}

function phrasing(children: readonly PhrasingContent[], comparison: Comparison): unknown[] {
  const runs: Token[] = [];
  const all = tokens(children, [], comparison);
  for (const token of comparison.strictness === 'exact' ? all : withoutBareAddresses(all)) {
    const last = runs.at(-1);
    if (last && 'text' in last && 'text' in token && sameMarks(last.marks, token.marks)) {
      last.text += token.text;
    } else {
      runs.push({ ...token });
    }
  }
  return trimmed(runs).map((token) => [
    'text' in token ? lines(token.text).replace(/[ \t]*\n[ \t]*/g, '\n') : token.thing,
    ...token.marks,
  ]);
}

function tokens(children: readonly PhrasingContent[], marks: string[], comparison: Comparison): Token[] {
  const exact = comparison.strictness === 'exact';
  return children.flatMap((node): Token[] => {
    switch (node.type) {
      case 'text':
        return [{ marks, text: node.value }];
      case 'inlineCode':
        return [{ marks: sorted(marks, 'code'), text: node.value }];
      case 'strong':
      case 'emphasis':
      case 'delete':
        return tokens(node.children, sorted(marks, node.type), comparison);
      case 'link': {
        const mark = linkPrefix + JSON.stringify([node.url, node.title ?? null]);
        return marked(node, mark, marks, comparison);
      }
      case 'linkReference': {
        const mark = `reference ${JSON.stringify([node.identifier, exact && node.referenceType])}`;
        return marked(node, mark, marks, comparison);
      }
      case 'image':
        return [{ marks, thing: { image: node.url, title: node.title ?? null, alt: node.alt ?? '' } }];
      case 'imageReference': {
        const type = exact && node.referenceType;
        return [{ marks, thing: { imageReference: node.identifier, type, alt: node.alt ?? '' } }];
      }
      default:
        return [{ marks, thing: bare(node) }];
    }
  });
}

/** A link without text is kept as a thing of its own, so that it is never taken for nothing. */
function marked(
  node: PhrasingContent & { type: 'link' | 'linkReference' },
  mark: string,
  marks: string[],
  comparison: Comparison,
): Token[] {
  if (node.children.length === 0) return [{ marks, thing: mark }];
  return tokens(node.children, sorted(marks, mark), comparison);
}

/** Takes the link from runs that say nothing but its address, as `https://a.example` or `<me@a.example>` do. */
function withoutBareAddresses(all: readonly Token[]): Token[] {
  const result: Token[] = [];
  let index = 0;
  while (index < all.length) {
    const link = all[index]?.marks.find((mark) => mark.startsWith(linkPrefix));
    const length = link ? all.slice(index).findIndex((token) => !token.marks.includes(link)) : 1;
    const run = all.slice(index, length === -1 ? undefined : index + length);
    const text = run.map((token) => ('text' in token ? token.text : '\0')).join('');
    const isBare = [text, `http://${text}`, `mailto:${text}`].some(
      (url) => link === linkPrefix + JSON.stringify([url, null]),
    );
    result.push(
      ...run.map((token) =>
        isBare ? { ...token, marks: token.marks.filter((mark) => mark !== link) } : token,
      ),
    );
    index += run.length;
  }
  return result;
}

/** A node without its position and parsing notes, its children alike. */
function bare(node: Nodes): unknown {
  const { position: _position, data: _data, ...rest } = node;
  if ('value' in rest && typeof rest.value === 'string') return { ...rest, value: lines(rest.value) };
  if ('children' in rest) return { ...rest, children: rest.children.map((child) => bare(child as Nodes)) };
  return rest;
}

function trimmed(runs: Token[]): Token[] {
  const result = runs.map((run) => ({ ...run }));
  while (trimEdge(result.at(0), /^[ \t\r\n]+/)) result.shift();
  while (trimEdge(result.at(-1), /[ \t\r\n]+$/)) result.pop();
  return result;
}

/** Trims `run` in place; answers whether nothing of it is left. */
function trimEdge(run: Token | undefined, space: RegExp): boolean {
  if (!run || !('text' in run) || run.marks.includes('code')) return false;
  run.text = run.text.replace(space, '');
  return run.text === '';
}

function sorted(marks: string[], mark: string): string[] {
  return [...marks, mark].sort();
}

function sameMarks(left: string[], right: string[]): boolean {
  return left.length === right.length && left.every((mark, index) => mark === right[index]);
}

function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
