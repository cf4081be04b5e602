import { isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import type { Span } from './markdown-tree.js';

/** What a file says of itself before it begins. */
export interface FrontMatter {
  readonly title: { readonly value: string; readonly span: Span } | null;
  /** An e-mail address or a name, as written. */
  readonly author: string | null;
}

const NOTHING: FrontMatter = { title: null, author: null };

/**
 * Reads title and author from YAML. What is not valid says nothing.
 * @param yaml without the fences; spans are offsets in it
 */
export function readFrontMatter(yaml: string): FrontMatter {
  const document = parseDocument(yaml, { logLevel: 'silent' });
  if (document.errors.length > 0 || !isMap(document.contents)) return NOTHING;
  const title: unknown = document.contents.get('title', true);
  const author: unknown = document.contents.get('author', true);
  return { title: titleOf(title, yaml), author: wordsOf(author) };
}

function titleOf(node: unknown, yaml: string): FrontMatter['title'] {
  if (!isScalar(node) || !node.range) return null;
  // Block scalars, tags, anchors and values over several lines stay as they are: the heading is the title.
  const [start, end] = node.range;
  const raw = yaml.slice(start, end);
  if (raw === '' || /[\n\r]/.test(raw) || node.anchor !== undefined || node.tag !== undefined) return null;
  const value = typeof node.value === 'string' ? node.value : raw;
  const onOneLine = value.replace(/\s+/gu, ' ').trim();
  return node.value === null || onOneLine === '' ? null : { value: onOneLine, span: { start, end } };
}

/** One author: a string, the first of a list, or the `email` or `name` of an object. */
function wordsOf(node: unknown): string | null {
  if (isSeq(node)) return wordsOf(node.items[0]);
  if (isMap(node)) return wordsOf(node.get('email', true)) ?? wordsOf(node.get('name', true));
  if (!isScalar(node) || typeof node.value !== 'string') return null;
  const words = node.value.trim();
  return words === '' ? null : words;
}

/** A title as a value of YAML, on one line. */
export function titleAsValue(title: string): string {
  const plain = stringify(title, { lineWidth: 0 }).trimEnd();
  return plain.includes('\n') ? JSON.stringify(title) : plain;
}
