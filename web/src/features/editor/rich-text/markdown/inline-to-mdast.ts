import type { Fragment, Mark, Node } from '@tiptap/pm/model';
import type { PhrasingContent } from 'mdast';
import { labelKey, type References } from './parse';

interface Inline {
  node: PhrasingContent;
  marks: readonly Mark[];
}

/**
 * What stands in a line. `oneLine` (a heading) holds no line ends, they become spaces. In a `cell` a hard one
 * becomes `<br>`, the only thing that breaks a line there.
 */
export function inlineToMdast(
  content: Fragment,
  references: References,
  place: 'flow' | 'oneLine' | 'cell' = 'flow',
): PhrasingContent[] {
  const items: Inline[] = [];
  content.forEach((child) => {
    items.push({ node: leaf(child, references, place), marks: outermostFirst(child.marks) });
  });
  return nest(trimmed(withoutMarkedSpace(items)), references);
}

function leaf(child: Node, references: References, place: 'flow' | 'oneLine' | 'cell'): PhrasingContent {
  switch (child.type.name) {
    case 'text':
      return { type: 'text', value: child.text ?? '' };
    case 'softBreak':
      return { type: 'text', value: place === 'oneLine' ? ' ' : '\n' };
    case 'hardBreak': {
      const source = orNull(child.attrs.source) ?? (place === 'cell' ? '<br>' : null);
      if (source !== null) return { type: 'html', value: source };
      return place === 'flow' ? { type: 'break' } : { type: 'text', value: ' ' };
    }
    case 'image':
      return imageToMdast(child, references);
    case 'rawInline': {
      const source = String(child.attrs.source);
      if (child.attrs.kind !== 'footnote') return { type: 'html', value: source };
      const label = source.slice(2, -1);
      // Without its footnote the mark is nothing but these characters.
      if (!references.footnotes.has(labelKey(label))) return { type: 'text', value: source };
      return { type: 'footnoteReference', identifier: label.toLowerCase(), label };
    }
    default:
      throw new Error(`No Markdown for ${child.type.name} in a line`);
  }
}

function imageToMdast(image: Node, references: References): PhrasingContent {
  const { src, title, alt, reference } = image.attrs;
  const target = referenceTo(reference, src, title, references);
  if (target) return { type: 'imageReference', ...target, alt: orNull(alt) };
  return { type: 'image', url: String(src ?? ''), title: orNull(title), alt: orNull(alt) };
}

/**
 * The reference that a link or image was written as, or null where it was none, or where the document no
 * longer defines it as what the link leads to.
 */
function referenceTo(reference: unknown, url: unknown, title: unknown, references: References) {
  const match =
    typeof reference === 'string' ? /^(full|collapsed|shortcut) ([\s\S]+)$/.exec(reference) : null;
  const label = match?.[2];
  if (label === undefined) return null;
  const definition = references.definitions.get(labelKey(label));
  if (!definition || definition.url !== url || definition.title !== (title ?? null)) return null;
  const referenceType = match?.[1] as 'full' | 'collapsed' | 'shortcut';
  return { identifier: labelKey(label).toLowerCase(), label, referenceType };
}

/**
 * Orders marks that reach equally far. Code is a leaf in Markdown, and a reference that is named by its own words
 * (`**[label]**`) holds just these.
 */
function outermostFirst(marks: readonly Mark[]): Mark[] {
  const depth = (mark: Mark) => {
    if (isCode(mark)) return 2;
    return /^(?:collapsed|shortcut) [^*_~]+$/.test(String(mark.attrs.reference ?? '')) ? 1 : 0;
  };
  return [...marks].sort((left, right) => depth(left) - depth(right));
}

/**
 * Takes bold, italic and strike from white space at their edges, where Markdown cannot write them: `**bold **`
 * would be read as asterisks.
 */
function withoutMarkedSpace(items: Inline[]): Inline[] {
  const pieces = items.flatMap(({ node, marks }): Inline[] => {
    if (node.type !== 'text' || marks.some(isCode)) return [{ node, marks }];
    return node.value
      .split(/(\s+)/)
      .filter((value) => value !== '')
      .map((value) => ({ node: { type: 'text', value }, marks }));
  });
  const isSpace = ({ node, marks }: Inline) =>
    node.type === 'break' || (node.type === 'text' && !marks.some(isCode) && node.value.trim() === '');
  return pieces.map((piece, index) => {
    if (!isSpace(piece)) return piece;
    const before = pieces.slice(0, index).findLast((other) => !isSpace(other));
    const after = pieces.slice(index + 1).find((other) => !isSpace(other));
    const covers = (mark: Mark) => mark.isInSet(before?.marks ?? []) && mark.isInSet(after?.marks ?? []);
    return { ...piece, marks: piece.marks.filter((mark) => covers(mark)) };
  });
}

/** Drops white space at both ends and around line ends, none of which Markdown can hold. */
function trimmed(items: Inline[]): Inline[] {
  const breaks = (item: Inline | undefined) =>
    item === undefined ||
    item.node.type === 'break' ||
    (item.node.type === 'text' && item.node.value === '\n');
  const result = items.filter((item, index) => {
    if (item.node.type !== 'text' || item.marks.some(isCode) || !/^[ \t]+$/.test(item.node.value))
      return true;
    return !breaks(items[index - 1]) && !breaks(items[index + 1]);
  });
  while (result.length > 0 && breaks(result[0])) result.shift();
  while (result.length > 0 && breaks(result.at(-1))) result.pop();
  return result;
}

/** Nests runs under the mark that reaches furthest, outermost first. */
function nest(items: readonly Inline[], references: References): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  let index = 0;
  while (index < items.length) {
    const item = items[index];
    if (!item) break;
    let mark: Mark | null = null;
    let end = index + 1;
    for (const candidate of item.marks) {
      const reach = reachOf(candidate, items, index);
      if (mark === null || (reach > end && !isCode(candidate))) {
        mark = candidate;
        end = reach;
      }
    }
    if (mark === null) {
      append(result, item.node);
    } else {
      const run = items.slice(index, end).map(({ node, marks }) => ({
        node,
        marks: marks.filter((other) => other !== mark && !other.eq(mark as Mark)),
      }));
      result.push(...wrapped(mark, run, references));
    }
    index = mark === null ? index + 1 : end;
  }
  return result;
}

function reachOf(mark: Mark, items: readonly Inline[], from: number): number {
  let end = from;
  while (end < items.length && mark.isInSet(items[end]?.marks ?? [])) end += 1;
  return end;
}

function wrapped(mark: Mark, run: readonly Inline[], references: References): PhrasingContent[] {
  if (isCode(mark)) return codeToMdast(run);
  const children = nest(run, references);
  switch (mark.type.name) {
    case 'bold':
      return [{ type: 'strong', children }];
    case 'italic':
      return [{ type: 'emphasis', children }];
    case 'strike':
      return [{ type: 'delete', children }];
    case 'link': {
      const { href, title, reference } = mark.attrs;
      const target = referenceTo(reference, href, title, references);
      return target
        ? [{ type: 'linkReference', ...target, children }]
        : [{ type: 'link', url: String(href), title: orNull(title), children }];
    }
    default:
      throw new Error(`No Markdown for the mark ${mark.type.name}`);
  }
}

/** Things that are no characters (images, tags) cannot be code; they stand between the pieces. */
function codeToMdast(run: readonly Inline[]): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  for (const { node } of run) {
    const last = result.at(-1);
    const value = node.type === 'text' ? node.value : node.type === 'break' ? ' ' : null;
    if (value === null) result.push(node);
    else if (last?.type === 'inlineCode') last.value += value;
    else result.push({ type: 'inlineCode', value });
  }
  return result;
}

function append(result: PhrasingContent[], node: PhrasingContent): void {
  const last = result.at(-1);
  if (last?.type === 'text' && node.type === 'text') last.value += node.value;
  else result.push(node.type === 'text' ? { ...node } : node);
}

function isCode(mark: Mark): boolean {
  return mark.type.name === 'code';
}

/** A text that is there and not empty, else null. */
export function orNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
