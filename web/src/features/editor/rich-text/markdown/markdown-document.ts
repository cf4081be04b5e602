import type { Node, Schema } from '@tiptap/pm/model';
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
import { contentSchema, nodeType } from './schema';
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
  readonly #schema: Schema;
  readonly #pool = new SourcePool();
  readonly #cache = new WriteCache();
  /** All that was loaded, the latest first: undo can lead back to any of it. */
  readonly #loaded: [Loaded, ...Loaded[]];
  #references: { raw: readonly Node[]; value: References };

  /**
   * @param markdown the file, any bytes that are text
   * @param schema the schema of the editor that shows it
   */
  constructor(markdown: string, schema: Schema = contentSchema) {
    this.#schema = schema;
    const loaded = this.#read(markdown);
    this.#loaded = [loaded];
    this.#references = { raw: loaded.raw, value: loaded.references };
  }

  /** The rich document as it was loaded last. */
  get node(): Node {
    return this.#documentOf(this.#loaded[0].flow.blocks);
  }

  /** The blocks as they were loaded last, each with its source. */
  get blocks(): readonly SourceBlock[] {
    return this.#loaded[0].flow.blocks;
  }

  /** Takes `markdown` for the whole document from now on; what was known before is still recognised. */
  load(markdown: string): Node {
    this.#loaded.unshift(this.#read(markdown));
    return this.node;
  }

  /** Rich blocks for a piece of Markdown that goes into this document, such as a paste. */
  parse(markdown: string): Node[] {
    const { references, style } = this.#loaded[0];
    const text = markdown.replace(/^(?:[ \t]*(?:\r\n|\r|\n))+|\s+$/g, '');
    const children = parseBlocks(text, references);
    const own = collectReferences({ type: 'root', children });
    const both = {
      definitions: new Map([...own.definitions, ...references.definitions]),
      footnotes: new Set([...own.footnotes, ...references.footnotes]),
    };
    const flow = readFlow(text, children, { references: both, style, schema: this.#schema });
    this.#pool.add(flow);
    return flow.blocks.map(({ node }) => node);
  }

  /** The Markdown of `document`, a later state of this document. */
  serialise(document: Node): string {
    const blocks = frontMatterFirst(document.children.filter(isWritten));
    const { flow, mark, style, ...loaded } = this.#baseOf(blocks);
    if (blocks.length === 0) return flow.blocks.length === 0 ? mark + flow.lead : '';
    const references = this.#referencesOf(document, loaded);
    const isAsLoaded = references === loaded.references;
    const around = { references, style, schema: this.#schema, isAsLoaded };
    const writer = new FlowWriter(around, this.#pool, this.#cache);
    const text = flow.lead + writer.write(blocks, flow, false) + tailOf(flow, blocks.at(-1));
    return mark + (blocks[0]?.type.name === 'horizontalRule' ? withoutFalseFrontMatter(text) : text);
  }

  /** What `blocks` are a later state of: the latest load, unless an earlier one begins and ends like it. */
  #baseOf(blocks: readonly Node[]): Loaded {
    const likeness = ({ flow }: Loaded) =>
      Number(isSame(flow.blocks[0], blocks[0])) + Number(isSame(flow.blocks.at(-1), blocks.at(-1)));
    return this.#loaded.reduce((best, other) => (likeness(other) > likeness(best) ? other : best));
  }

  #read(markdown: string): Loaded {
    const mark = markdown.startsWith(byteOrderMark) ? byteOrderMark : '';
    const text = markdown.slice(mark.length);
    const tree = parseFile(text);
    const references = collectReferences(tree);
    const style = styleOf(tree, text);
    const flow = readFlow(text, tree.children, { references, style, schema: this.#schema });
    this.#pool.add(flow);
    return { flow, mark, style, references, raw: rawBlocksOf(this.#documentOf(flow.blocks)) };
  }

  /** Definitions stand in blocks of source, so only a change of those can change them. */
  #referencesOf(document: Node, loaded: Pick<Loaded, 'raw' | 'references'>): References {
    const raw = rawBlocksOf(document);
    const same = (known: readonly Node[]) =>
      known.length === raw.length && known.every((node, index) => raw[index]?.eq(node));
    if (same(loaded.raw)) return loaded.references;
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

  #documentOf(blocks: readonly SourceBlock[]): Node {
    const nodes = blocks.map(({ node }) => node);
    const content = nodes.length === 0 ? [nodeType(this.#schema, 'paragraph').create()] : nodes;
    return nodeType(this.#schema, 'doc').create(null, content);
  }
}

function isSame(block: SourceBlock | undefined, node: Node | undefined): boolean {
  return block !== undefined && node !== undefined && (block.node === node || block.node.eq(node));
}

/** How the file ends: as it did, though without white space that was meant for another last block. */
function tailOf(flow: SourceFlow, last: Node | undefined): string {
  const was = flow.blocks.at(-1);
  if (!was) return '';
  // Blank lines mean nothing behind text, whatever it says now; behind code they may be a part of it.
  const isEdited = last?.type === was.node.type && last.type.spec.code !== true && /^[\r\n]*$/.test(was.gap);
  return isSame(was, last) || isEdited ? was.gap : (/\r\n|\r|\n/.exec(was.gap)?.[0] ?? '');
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
