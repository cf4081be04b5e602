import type { Node } from '@tiptap/pm/model';

/** What a block of the edited document comes from: itself, an edited form of it, or nothing. */
export type Origin<T> = { kind: 'same' | 'edited'; from: T } | null;

/** Finds what is known of a block that has not changed, wherever it once stood. */
export type Lookup<T> = (node: Node) => readonly T[];

/**
 * Finds for each of `current` where it comes from. Unchanged blocks are found by structure, so undo, moving
 * and copying keep them; what is left over between two of them is taken for an edit of what stood there.
 *
 * @param known the blocks that were there, in order
 * @param next the known block that followed another, if any
 */
export function matchOrigins<T extends { node: Node }>(
  current: readonly Node[],
  known: readonly T[],
  lookup: Lookup<T>,
  next: (block: T) => T | undefined,
): Origin<T>[] {
  const origins: Origin<T>[] = current.map(() => null);
  let head = 0;
  while (head < current.length && isAt(known, head, current[head])) head += 1;
  let tail = 0;
  const most = Math.min(current.length, known.length) - head;
  while (tail < most && isAt(known, known.length - 1 - tail, current[current.length - 1 - tail])) tail += 1;

  const used = new Set<T>();
  const keep = (index: number, from: T | undefined) => {
    if (!from) return;
    origins[index] = { kind: 'same', from };
    used.add(from);
  };
  for (let index = 0; index < head; index += 1) keep(index, known[index]);
  for (let index = 1; index <= tail; index += 1) keep(current.length - index, known[known.length - index]);
  const end = current.length - tail;
  for (let index = head; index < end; index += 1) {
    const node = current[index];
    if (!node) continue;
    const candidates = lookup(node);
    const before = origins[index - 1];
    const expected = before && next(before.from);
    const following = expected && candidates.includes(expected) ? expected : undefined;
    keep(index, following ?? candidates.find((candidate) => !used.has(candidate)) ?? candidates[0]);
  }
  pairEdited(current, known, origins, used);
  return origins;
}

function isAt<T extends { node: Node }>(known: readonly T[], index: number, node: Node | undefined): boolean {
  const was = known[index]?.node;
  return was !== undefined && node !== undefined && (was === node || was.eq(node));
}

/** Pairs what is new with what is gone, in order, between the unchanged blocks around, type for type. */
function pairEdited<T extends { node: Node }>(
  current: readonly Node[],
  known: readonly T[],
  origins: Origin<T>[],
  used: ReadonlySet<T>,
): void {
  const place = new Map(known.map((block, index) => [block, index]));
  let from = 0;
  for (const [index, node] of current.entries()) {
    const origin = origins[index];
    if (origin) {
      const at = place.get(origin.from);
      if (at !== undefined && at >= from) from = at + 1;
      continue;
    }
    for (let at = from; at < known.length; at += 1) {
      const block = known[at];
      if (!block || used.has(block)) break;
      if (block.node.type === node.type) {
        origins[index] = { kind: 'edited', from: block };
        from = at + 1;
        break;
      }
    }
  }
}
