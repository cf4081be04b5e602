import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';

/** A top-level block of a piece of Markdown: a paragraph, a list, a table, … */
export interface Block {
  /** Where it starts, in UTF-16 code units: what the renderer knows it by. */
  readonly start: number;
  readonly source: string;
}

/** The top-level blocks, parsed as the page renders them. */
export function splitBlocks(markdown: string): Block[] {
  const tree = fromMarkdown(markdown, {
    extensions: [gfm(), frontmatter(['yaml', 'toml'])],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml', 'toml'])],
  });
  return tree.children.map((node) => {
    const start = node.position?.start.offset ?? 0;
    return { start, source: markdown.slice(start, node.position?.end.offset ?? start) };
  });
}
