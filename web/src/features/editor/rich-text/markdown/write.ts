import type { Schema } from '@tiptap/pm/model';
import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { type Options, toMarkdown } from 'mdast-util-to-markdown';
import { normalForm } from './normal-form';
import { parseBlocks, type References } from './parse';
import type { Style } from './style';

/** More escapes than this in one block are left as they are rather than tried one by one. */
const mostEscapesTried = 40;

/** What writing needs to know of the document around. */
export interface Surroundings {
  references: References;
  style: Style;
  schema: Schema;
}

/**
 * Freshly written Markdown for `nodes`, with `\n` as line end and none at the end, in the document's own style,
 * and without escapes that nothing needs (`snake_case` stays as typed).
 */
export function writeBlocks(nodes: readonly RootContent[], around: Surroundings): string {
  const markdown = stringify(nodes, around.style);
  const meaning = normalForm(nodes, { references: around.references, strictness: 'written' });
  return withoutNeedlessEscapes(markdown, (candidate) => readsAs(candidate, meaning, around.references));
}

/** Freshly written Markdown for a part of a line, in a paragraph or in a table cell. */
export function writePhrase(children: PhrasingContent[], place: 'flow' | 'cell', style: Style): string {
  return write(place === 'cell' ? { type: 'tableCell', children } : { type: 'paragraph', children }, style);
}

/** Whether `markdown` says exactly what `meaning`, a normal form of strictness `written`, says. */
export function readsAs(markdown: string, meaning: string, references: References): boolean {
  return normalForm(parseBlocks(markdown, references), { references, strictness: 'written' }) === meaning;
}

/** Blocks as Markdown, escaped as cautiously as it gets, with `\n` as line end and none at the end. */
export function stringify(nodes: readonly RootContent[], style: Style): string {
  return write({ type: 'root', children: [...nodes] }, style);
}

function write(node: Nodes, style: Style): string {
  return toMarkdown(node, optionsFor(style)).replace(/\n$/, '');
}

function optionsFor(style: Style): Options {
  return {
    bullet: style.bullet,
    bulletOrdered: style.bulletOrdered,
    emphasis: style.emphasis,
    strong: style.strong,
    fence: style.fence,
    rule: style.rule,
    setext: style.setext,
    fences: true,
    listItemIndent: 'one',
    // Addresses need no escape: that a bare one is read as a link is what people expect.
    extensions: (gfmToMarkdown().extensions ?? []).filter(({ handlers }) => handlers !== undefined),
    handlers: style.hardBreak === '  ' ? { break: spacedBreak } : {},
  };
}

function spacedBreak(): string {
  return '  \n';
}

/**
 * Drops backslashes, and angles around bare addresses, as long as `holds` says that the meaning stays: all at once,
 * else one by one.
 */
export function withoutNeedlessEscapes(markdown: string, holds: (candidate: string) => boolean): string {
  const plain = markdown.replace(/<((?:https?:\/\/|www\.)[^<>\s]+)>/g, '$1');
  const text = plain !== markdown && holds(plain) ? plain : markdown;
  const escapes = [...text.matchAll(/\\(?=[!-/:-@[-`{-~])/g)].map(({ index }) => index);
  if (escapes.length === 0) return text;
  const all = text.replace(/\\(?=[!-/:-@[-`{-~])/g, '');
  if (holds(all)) return all;
  if (escapes.length > mostEscapesTried) return text;
  return escapes.reduceRight((result, index) => {
    const candidate = result.slice(0, index) + result.slice(index + 1);
    return holds(candidate) ? candidate : result;
  }, text);
}
