/** The part of a hast tree that is looked at here. */
interface HastNode {
  readonly type: string;
  readonly position?: { readonly start: { readonly offset?: number } };
  properties?: Record<string, unknown>;
  readonly children?: readonly HastNode[];
}

/** A rehype plugin, run after sanitising: marks the top-level blocks that start at one of `changed`. */
export function markChanged(changed: ReadonlySet<number>): (tree: HastNode) => void {
  return (tree) => {
    if (changed.size === 0) return;
    for (const node of tree.children ?? []) {
      const start = node.position?.start.offset;
      if (node.type === 'element' && start !== undefined && changed.has(start))
        node.properties = { ...node.properties, dataChanged: '' };
    }
  };
}
