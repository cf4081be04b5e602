/** The part of a hast tree that is looked at here. */
interface HastNode {
  readonly tagName?: string;
  readonly value?: string;
  children?: HastNode[];
}

/**
 * A rehype plugin: leaves out the first heading where it says `title` once more, as it does in files that
 * begin with something else, a row of badges say, and were imported with it.
 */
export function dropTitle(title: string | undefined): (tree: HastNode) => void {
  return (tree) => {
    const first = tree.children?.find(({ tagName }) => tagName !== undefined && /^h[1-6]$/.test(tagName));
    if (title === undefined || !first || wordsOf(first) !== words(title)) return;
    tree.children = tree.children?.filter((node) => node !== first) ?? [];
  };
}

function wordsOf(node: HastNode): string {
  return words(textOf(node));
}

function textOf({ value, children = [] }: HastNode): string {
  return value ?? children.map(textOf).join('');
}

function words(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
