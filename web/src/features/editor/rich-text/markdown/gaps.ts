import { normalForm } from './normal-form';
import { parseBlocks, type References } from './parse';

/** A written block next to others. */
export interface Written {
  text: string;
  type: string;
}

const lineEnd = /\r\n|\r|\n/g;

/**
 * The first of `candidates` that keeps two blocks apart: written with it between them they must read as the
 * two that they are. Null where none does.
 */
export function safeGap(
  left: Written,
  right: Written,
  candidates: readonly string[],
  references: References,
): string | null {
  return (
    candidates.find((gap) => isSurelyApart(left, right, gap) || readsApart(left, right, gap, references)) ??
    null
  );
}

/** Pairs that a blank line always parts, which spares reading them. */
function isSurelyApart(left: Written, right: Written, gap: string): boolean {
  if ((gap.match(lineEnd)?.length ?? 0) < 2) return false;
  const indented = /^[ \t]/.test(right.text);
  switch (left.type) {
    case 'paragraph':
    case 'heading':
    case 'horizontalRule':
    case 'table':
    case 'blockquote':
      return true;
    case 'bulletList':
    case 'orderedList':
      return !indented && right.type !== 'rawBlock' && right.type !== left.type;
    case 'codeBlock':
      return /^(`{3,}|~{3,})[\s\S]*[\r\n]\1$/.test(left.text);
    default:
      return false;
  }
}

function readsApart(left: Written, right: Written, gap: string, references: References): boolean {
  const comparison = { references, strictness: 'written' } as const;
  const apart = [...parseBlocks(left.text, references), ...parseBlocks(right.text, references)];
  const together = parseBlocks(left.text + gap + right.text, references);
  return normalForm(together, comparison) === normalForm(apart, comparison);
}
