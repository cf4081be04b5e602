import type { Node } from '@tiptap/pm/model';
import { FlowWriter, WriteCache } from './flow-writer';
import {
  collectReferences,
  type Definition,
  parseBlocks,
  parseFile,
  type References,
  startsWithFrontMatter,
} from './parse';
import { readFlow } from './read';
import { nodeType } from './schema';
import type { SourceBlock, SourceFlow } from './source';
import { SourcePool } from './source-pool';
import { type Style, styleOf } from './style';
import { isWritten } from './to-mdast';

const byteOrderMark = '\uFEFF';

interface Loaded {
  flow: SourceFlow;
  /** A byte order mark, if the file starts with one. */
  mark: string;
  style: Style;
  references: References;
  /** The nodes that are kept as source, on which the references rest. */
  raw: readonly Node[];
}

/**
 * One document as Markdown and as a rich document, and the way between the two. Reading a file and writing it
 * again gives the same bytes; after an edit only what was edited is written anew.
 */
export class MarkdownDocument {
  readonly #pool = new SourcePool();
  readonly #cache = new WriteCache();
  #loaded: Loaded;
  #references: { raw: readonly Node[]; value: References };

  /** @param markdown the file, any bytes that are text */
  constructor(markdown: string) {
    this.#loaded = this.#read(markdown);
    this.#references = { raw: this.#loaded.raw, value: this.#loaded.references };
  }

  /** The rich document as it was loaded last. */
  get node(): Node {
    return documentOf(this.#loaded.flow.blocks);
  }

  /** The blocks as they were loaded last, each with its source. */
  get blocks(): readonly SourceBlock[] {
    return this.#loaded.flow.blocks;
  }

  /** Takes `markdown` for the whole document from now on; what was known before is still recognised. */
  load(markdown: string): Node {
    this.#loaded = this.#read(markdown);
    return this.node;
  }

  /** Rich blocks for a piece of Markdown that goes into this document, such as a paste. */
  parse(markdown: string): Node[] {
    const text = markdown.replace(/^\s*\n|\s+$/g, '');
    const tree = { type: 'root' as const, children: parseBlocks(text, this.#loaded.references) };
    const own = collectReferences(tree);
    const references = {
      definitions: new Map([...own.definitions, ...this.#loaded.references.definitions]),
      footnotes: new Set([...own.footnotes, ...this.#loaded.references.footnotes]),
    };
    const flow = readFlow(text, tree.children, { references, style: this.#loaded.style });
    this.#pool.add(flow);
    return flow.blocks.map(({ node }) => node);
  }

  /** The Markdown of `document`, a later state of this document. */
  serialise(document: Node): string {
    const { flow, mark, style } = this.#loaded;
    const blocks = frontMatterFirst(document.children.filter(isWritten));
    if (blocks.length === 0) return flow.blocks.length === 0 ? mark + flow.lead : '';
    const references = this.#referencesOf(document);
    const around = { references, style, isAsLoaded: references === this.#loaded.references };
    const writer = new FlowWriter(around, this.#pool, this.#cache);
    const text = flow.lead + writer.write(blocks, flow, false) + tailOf(flow, blocks.at(-1));
    return mark + (isFrontMatter(blocks[0]) ? text : withoutFalseFrontMatter(text));
  }

  #read(markdown: string): Loaded {
    const mark = markdown.startsWith(byteOrderMark) ? byteOrderMark : '';
    const text = markdown.slice(mark.length);
    const tree = parseFile(text);
    const references = collectReferences(tree);
    const style = styleOf(tree, text);
    const flow = readFlow(text, tree.children, { references, style });
    this.#pool.add(flow);
    return { flow, mark, style, references, raw: rawBlocksOf(documentOf(flow.blocks)) };
  }

  /** Definitions stand in blocks of source, so only a change of those can change them. */
  #referencesOf(document: Node): References {
    const raw = rawBlocksOf(document);
    const same = (known: readonly Node[]) =>
      known.length === raw.length && known.every((node, index) => raw[index]?.eq(node));
    if (same(this.#loaded.raw)) return this.#loaded.references;
    if (same(this.#references.raw)) return this.#references.value;
    const definitions = new Map<string, Definition>();
    const footnotes = new Set<string>();
    for (const node of raw) {
      const own = collectReferences(parseFile(node.textContent));
      for (const [key, value] of own.definitions) if (!definitions.has(key)) definitions.set(key, value);
      for (const key of own.footnotes) footnotes.add(key);
    }
    this.#references = { raw, value: { definitions, footnotes } };
    return this.#references.value;
  }
}

function documentOf(blocks: readonly SourceBlock[]): Node {
  const nodes = blocks.map(({ node }) => node);
  return nodeType('doc').create(null, nodes.length === 0 ? [nodeType('paragraph').create()] : nodes);
}

/** How the file ends: as it did, though without white space that was meant for another last block. */
function tailOf(flow: SourceFlow, last: Node | undefined): string {
  const was = flow.blocks.at(-1);
  if (!was) return '';
  return last && was.node.eq(last) ? was.gap : (/\r\n|\r|\n/.exec(was.gap)?.[0] ?? '');
}

function rawBlocksOf(document: Node): Node[] {
  const raw: Node[] = [];
  document.descendants((node) => {
    if (node.type.name === 'rawBlock') raw.push(node);
    return !node.isTextblock;
  });
  return raw;
}

function isFrontMatter(node: Node | undefined): boolean {
  return node?.type.name === 'rawBlock' && node.attrs.kind === 'Front matter';
}

/** Front matter means something at the top of a file only. */
function frontMatterFirst(blocks: readonly Node[]): Node[] {
  return [...blocks.filter(isFrontMatter), ...blocks.filter((block) => !isFrontMatter(block))];
}

/** A rule at the top must not make front matter of everything up to the next one. */
function withoutFalseFrontMatter(text: string): string {
  return startsWithFrontMatter(text) ? `***${text.slice(3)}` : text;
}
