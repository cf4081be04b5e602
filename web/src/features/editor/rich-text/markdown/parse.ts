import type { Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';

type ParseOptions = NonNullable<Parameters<typeof fromMarkdown>[1]>;
type MicromarkExtension = NonNullable<ParseOptions['extensions']>[number];
type MdastExtension = NonNullable<ParseOptions['mdastExtensions']>[number];

const micromarkExtensions: MicromarkExtension[] = [gfm()];
const mdastExtensions: MdastExtension[] = [gfmFromMarkdown()];
const topExtensions = [...micromarkExtensions, frontmatter('yaml')];
const topMdastExtensions = [...mdastExtensions, frontmatterFromMarkdown('yaml')];

/** Where a reference link or image leads. */
export interface Definition {
  url: string;
  title: string | null;
  /** The label as the definition spells it, for writing a reference that was never written before. */
  label: string;
}

/**
 * What blocks of one document must know of each other: Markdown resolves references over the whole file,
 * so a block that is parsed by itself needs to be told which labels exist. Keys come from {@link labelKey}.
 */
export interface References {
  definitions: ReadonlyMap<string, Definition>;
  footnotes: ReadonlySet<string>;
}

export const noReferences: References = { definitions: new Map(), footnotes: new Set() };

/** CommonMark's matching of labels: case and runs of white space do not count. */
export function labelKey(label: string): string {
  return label
    .replace(/[\t\n\r ]+/g, ' ')
    .trim()
    .toLowerCase()
    .toUpperCase();
}

const frontMatterAtTop = /^---[ \t]*(?:\r\n|\r|\n)(?:[\s\S]*[\r\n])?---[ \t]*(?:[\r\n]|$)/;

/** Whether a file with this text starts with front matter, or would as soon as it is read. */
export function startsWithFrontMatter(text: string): boolean {
  return frontMatterAtTop.test(text);
}

/** Parses a whole file, where front matter counts. Offsets count from the start of `text`. */
export function parseFile(text: string): Root {
  // Only asked for where there is some: behind a rule at the top, the extension makes a list a paragraph.
  return startsWithFrontMatter(text)
    ? parsed(text, topExtensions, topMdastExtensions)
    : parsed(text, micromarkExtensions, mdastExtensions);
}

/**
 * Parses some blocks of a document as if the whole document stood around them. Offsets count from the start
 * of `text`; the answer holds only nodes of `text`.
 */
export function parseBlocks(text: string, references: References): RootContent[] {
  const preamble = preambleFor(text, references);
  const root = parsed(preamble + text, micromarkExtensions, mdastExtensions);
  if (preamble === '') return root.children;
  const own = root.children.filter((node) => startOf(node) >= preamble.length);
  for (const node of own) shift(node, -preamble.length);
  return own;
}

/** The parser gives up on a few strange inputs; such a text stands for itself, as one block of source. */
function parsed(text: string, extensions: MicromarkExtension[], mdast: MdastExtension[]): Root {
  try {
    return fromMarkdown(text, { extensions, mdastExtensions: mdast });
  } catch {
    const value = text.trimEnd();
    const position = {
      start: { line: 1, column: 1, offset: 0 },
      end: { line: 1, column: 1, offset: value.length },
    };
    return { type: 'root', children: [{ type: 'html', value, position }] };
  }
}

/** Everything in `tree` that other blocks can refer to. The first definition of a label wins. */
export function collectReferences(tree: Root): References {
  const definitions = new Map<string, Definition>();
  const footnotes = new Set<string>();
  visit(tree, (node) => {
    if (node.type === 'definition') {
      const key = labelKey(node.identifier);
      const label = node.label ?? node.identifier;
      if (!definitions.has(key)) definitions.set(key, { url: node.url, title: node.title ?? null, label });
    } else if (node.type === 'footnoteDefinition') {
      footnotes.add(labelKey(node.identifier));
    }
  });
  return { definitions, footnotes };
}

/** Calls `see` with `node` and everything under it, parents first. */
export function visit(node: Nodes, see: (node: Nodes) => void): void {
  see(node);
  if ('children' in node) for (const child of node.children) visit(child, see);
}

/** Offset at which a parsed node starts. */
export function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}

/** Offset behind the end of a parsed node. */
export function endOf(node: Nodes): number {
  return node.position?.end.offset ?? 0;
}

/**
 * Makes the labels that `text` uses known to the parser. Only those, for a changelog can define thousands.
 * The comment ends a footnote, which would otherwise swallow indented code at the start of `text`.
 */
function preambleFor(text: string, references: References): string {
  if (references.definitions.size + references.footnotes.size === 0 || !text.includes('[')) return '';
  const definitions = new Set<string>();
  const footnotes = new Set<string>();
  for (const [, label = ''] of text.matchAll(/\[((?:[^[\]\\]|\\[\s\S])+)\]/g)) {
    if (references.definitions.has(labelKey(label))) definitions.add(label);
    if (label.startsWith('^') && references.footnotes.has(labelKey(label.slice(1)))) footnotes.add(label);
  }
  if (definitions.size + footnotes.size === 0) return '';
  const lines = [...footnotes, ...definitions].map((label) => `[${label.replace(/\s+/g, ' ')}]: x`);
  return `${lines.join('\n\n')}\n\n<!---->\n\n`;
}

/** Moves all offsets of `tree`. */
export function shift(tree: Nodes, by: number): void {
  visit(tree, (node) => {
    for (const point of [node.position?.start, node.position?.end]) {
      if (point?.offset !== undefined) point.offset += by;
    }
  });
}
