/** The part of a hast tree that is looked at here. */
interface HastNode {
  readonly tagName?: string;
  properties?: Record<string, unknown>;
  readonly children?: readonly HastNode[];
}

const PREFIX = 'user-content-';

/**
 * A rehype plugin, run after sanitising: keeps the names of a document apart from those of the page,
 * so that no document can pass for a part of it, and lets links within the document follow.
 * @see https://github.com/rehypejs/rehype-sanitize#example-headings-dom-clobbering
 */
export function prefixIds(): (tree: HastNode) => void {
  return (tree) => visit(tree);
}

function visit(node: HastNode): void {
  const { properties } = node;
  if (properties) {
    for (const name of ['id', 'name']) {
      if (name in properties) properties[name] = prefixed(properties[name]);
    }
    const { href } = properties;
    if (node.tagName === 'a' && typeof href === 'string' && /^#./.test(href)) {
      properties.href = `#${String(prefixed(href.slice(1)))}`;
    }
  }
  for (const child of node.children ?? []) visit(child);
}

/** Footnotes come from the renderer with their prefix. */
function prefixed(name: unknown): unknown {
  return typeof name === 'string' && !name.startsWith(PREFIX) ? PREFIX + name : name;
}
