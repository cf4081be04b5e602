import type { Heading, Node, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown, gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { toString as plainText } from 'mdast-util-to-string';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';

const KINDS_OF_FRONT_MATTER: ('yaml' | 'toml')[] = ['yaml', 'toml'];
const OPTIONS = {
  extensions: [gfm(), frontmatter(KINDS_OF_FRONT_MATTER)],
  mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(KINDS_OF_FRONT_MATTER)],
};

/** Offsets in the source, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Parses GitHub-flavoured Markdown with front matter. A byte order mark must be off already. */
export function parseMarkdown(source: string): Root {
  return fromMarkdown(source, OPTIONS);
}

/** Where a parsed node stands. */
export function spanOf(node: Node): Span {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined) throw new Error(`a ${node.type} without a position`);
  return { start, end };
}

/** The words of a heading on one line, without any markup. Empty where it has none. */
export function headingText(heading: Heading): string {
  return plainText(heading, { includeImageAlt: true, includeHtml: false }).replace(/\s+/gu, ' ').trim();
}

/** A title written as a heading, without the line end. */
export function headingMarkdown(title: string, depth: number): string {
  const level = Math.min(Math.max(depth, 1), 6) as Heading['depth'];
  const heading: Heading = { type: 'heading', depth: level, children: [{ type: 'text', value: title }] };
  return toMarkdown(heading, { extensions: [gfmToMarkdown()] }).trimEnd();
}

/** Whether a node or anything in it is of one of these types. */
export function contains(node: Nodes, types: ReadonlySet<string>): boolean {
  return (
    types.has(node.type) || ('children' in node && node.children.some((child) => contains(child, types)))
  );
}
