import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { hasFrontMatter } from './front-matter';

/** A top-level block of a piece of Markdown: a paragraph, a list, a table, … */
export interface Block {
  /** Where it starts, in UTF-16 code units: what the renderer knows it by. */
  readonly start: number;
  readonly source: string;
}

/** The top-level blocks, parsed as the page renders them. */
export function splitBlocks(markdown: string): Block[] {
  const front = hasFrontMatter(markdown);
  const tree = fromMarkdown(markdown, {
    extensions: front ? [gfm(), frontmatter(['yaml', 'toml'])] : [gfm()],
    mdastExtensions: front
      ? [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml', 'toml'])]
      : [gfmFromMarkdown()],
  });
  return tree.children.map((node) => {
    const start = node.position?.start.offset ?? 0;
    return { start, source: markdown.slice(start, node.position?.end.offset ?? start) };
  });
}
