import { MAX_ABSTRACT_LENGTH, MAX_TEXT_LENGTH, MAX_TITLE_LENGTH } from '@doclight/protocol';
import type { Heading, Paragraph, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { type FrontMatter, readFrontMatter } from './front-matter.js';
import { joinFile } from './join-file.js';
import { contains, headingText, parseMarkdown, type Span, spanOf } from './markdown-tree.js';
import {
  type Content,
  contentSchema,
  type Segment,
  type SourceLayout,
  sourceLayoutSchema,
} from './source-layout.js';

/** A file, taken apart. */
export interface FileParts {
  readonly content: Content;
  readonly layout: SourceLayout;
  /** Who the front matter says wrote it, as written there. */
  readonly author: string | null;
}

const BYTE_ORDER_MARK = '\uFEFF';
/** In UTF-16 code units. */
const BEGINNING = 4 * 1024;
/** What only works together with definitions elsewhere in the file. */
const REFERENCES = new Set(['linkReference', 'imageReference', 'footnoteReference']);

/**
 * Takes a Markdown file apart, so that `joinFile` puts it together again exactly.
 *
 * - The title is the one of the front matter, else the words of the first heading of whatever depth,
 *   else the file's name.
 * - A heading that says the title is taken out of the text where it begins the file; only front
 *   matter and HTML comments may stand before it. One further down stays in the text.
 * - The abstract is the first paragraph, taken out of the text where it directly follows that
 *   heading or begins the file. A paragraph of images only, or one that needs definitions from
 *   elsewhere in the file, is none: the abstract is empty then, so that nothing is shown twice or broken.
 * - The rest is the text.
 *
 * @param source the whole file, with its byte order mark where it has one
 * @param name what to call a document that says no title
 * @param fileHash SHA-256 of the file, hex
 * @returns the parts, or in words why it cannot be a document
 */
export function splitFile(source: string, name: string, fileHash: string): FileParts | string {
  const { lineEnd, plain } = withPlainLineEnds(source);
  const file = new Splitter(plain, name);
  const reason = whyNot(file.content);
  if (reason !== null) return reason;
  const layout: SourceLayout = {
    fileHash,
    lineEnd,
    title: file.content.title,
    hadAbstract: file.content.abstract !== '',
    hadText: file.content.text !== '',
    titleInText: file.titleInText,
    segments: file.segments,
  };
  // Only front matter or a heading of that size can do this.
  if (!sourceLayoutSchema.safeParse(layout).success)
    return `more than ${MAX_TEXT_LENGTH} characters around the text`;
  const parts = { content: file.content, layout, author: file.author };
  return joinFile(layout, file.content) === source ? parts : unsplit(source, parts);
}

/** The same with everything in the text: what to do where the parts do not make the file again. */
function unsplit(source: string, { content, layout, author }: FileParts): FileParts | string {
  const whole = { title: content.title, abstract: '', text: source };
  const segments: Segment[] = [
    { kind: 'title', as: 'heading', raw: '', depth: 1 },
    { kind: 'abstract' },
    { kind: 'text' },
  ];
  return (
    whyNot(whole) ?? {
      content: whole,
      author,
      layout: { ...layout, lineEnd: 'as-is', hadAbstract: false, hadText: true, titleInText: null, segments },
    }
  );
}

function whyNot(content: Content): string | null {
  if (content.title.length > MAX_TITLE_LENGTH) return `title longer than ${MAX_TITLE_LENGTH} characters`;
  if (content.text.length > MAX_TEXT_LENGTH) return `text longer than ${MAX_TEXT_LENGTH} characters`;
  const issue = contentSchema.safeParse(content).error?.issues[0];
  return issue ? `${issue.path.join('.')} ${issue.message}` : null;
}

/** Lines that all end with CR LF are kept with LF, as browsers give them back. */
function withPlainLineEnds(source: string): { lineEnd: SourceLayout['lineEnd']; plain: string } {
  const allCrLf = source.includes('\r\n') && !/(?:^|[^\r])\n|\r(?!\n)/.test(source);
  return allCrLf
    ? { lineEnd: 'crlf', plain: source.replaceAll('\r\n', '\n') }
    : { lineEnd: 'as-is', plain: source };
}

/** Walks over a file once, from its beginning, and cuts it into segments. */
class Splitter {
  readonly segments: Segment[] = [];
  readonly content: Content;
  readonly author: string | null;
  readonly titleInText: SourceLayout['titleInText'];
  private readonly body: string;
  /** All before it is in a segment. */
  private at = 0;

  constructor(file: string, name: string) {
    const mark = file.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
    this.body = file.slice(mark.length);
    if (mark !== '') this.segments.push({ kind: 'kept', raw: mark });

    const blocks = blocksOf(this.body);
    const front = this.takeFrontMatter(blocks);
    const heading = blocks.find(isTitled);
    const words = heading && headingText(heading);
    const title = front?.title?.value || words || name;
    const says = heading !== undefined && words === title;

    const first = blocks.findIndex((block) => !isComment(block));
    const headed = says && blocks[first] === heading;
    if (headed) this.takeHeading(heading);
    else if (!says && !front?.title) this.segments.push({ kind: 'title', as: 'heading', raw: '', depth: 1 });
    const abstract = this.takeAbstract(blocks[headed ? first + 1 : first]);
    const text = this.takeText();

    this.author = front?.author ?? null;
    this.content = { title, abstract, text };
    this.titleInText = says && !headed ? { raw: this.slice(spanOf(heading)), depth: heading.depth } : null;
  }

  private takeFrontMatter(blocks: Root['children']): FrontMatter | null {
    const [node] = blocks;
    if (node?.type !== 'yaml' && !isToml(node)) return null;
    blocks.shift();
    const span = spanOf(node);
    const matter = node.type === 'yaml' ? readFrontMatter(node.value) : null;
    const fence = /^.*(?:\r\n|\n|\r)/.exec(this.slice(span))?.[0].length ?? 0;
    const start = span.start + fence;
    const inPlace = node.type === 'yaml' && this.body.startsWith(node.value, start);
    // A title that cannot be put back into its place is no title.
    const title = inPlace && matter?.title?.value ? matter.title : null;
    if (title) {
      this.keepUpTo(start + title.span.start);
      const end = start + title.span.end;
      this.segments.push({ kind: 'title', as: 'value', raw: this.body.slice(this.at, end) });
      this.at = end;
    }
    this.keepUpTo(span.end);
    return { title, author: matter?.author ?? null };
  }

  private takeHeading(heading: Heading): void {
    const span = spanOf(heading);
    this.keepUpTo(span.start);
    this.segments.push({ kind: 'title', as: 'heading', raw: this.slice(span), depth: heading.depth });
    this.at = span.end;
  }

  private takeAbstract(block: RootContent | undefined): string {
    if (!isAbstract(block)) {
      this.keepBlankLines();
      this.segments.push({ kind: 'abstract' });
      return '';
    }
    const span = spanOf(block);
    this.keepUpTo(span.start);
    this.segments.push({ kind: 'abstract' });
    this.at = span.end;
    return this.slice(span);
  }

  private takeText(): string {
    this.keepBlankLines();
    this.segments.push({ kind: 'text' });
    return this.body.slice(this.at);
  }

  private keepBlankLines(): void {
    const blank = /^(?:[ \t]*(?:\r\n|\n|\r))*(?:[ \t]*$)?/.exec(this.body.slice(this.at))?.[0] ?? '';
    this.keepUpTo(this.at + blank.length);
  }

  private keepUpTo(end: number): void {
    if (end > this.at) this.segments.push({ kind: 'kept', raw: this.body.slice(this.at, end) });
    this.at = Math.max(this.at, end);
  }

  private slice({ start, end }: Span): string {
    return this.body.slice(start, end);
  }
}

/**
 * The blocks of a file, at least those that title and abstract are among. Parsing is what an import
 * spends its time on, and a long file says both at its beginning: Markdown makes blocks line by line,
 * so all but the last block of the beginning are what they are in the whole file.
 */
function blocksOf(body: string): RootContent[] {
  if (body.length <= BEGINNING) return [...parseMarkdown(body).children];
  const blocks = [...parseMarkdown(body.slice(0, body.lastIndexOf('\n', BEGINNING) + 1)).children];
  const last = blocks.pop();
  if (!last || !sayTitleAndAbstract(blocks, body)) return [...parseMarkdown(body).children];
  const closed = body.slice(0, spanOf(last).start);
  const labels = labelsIn(closed, body);
  if (labels.length === 0) return blocks;
  // Whether brackets are a link is up to definitions further down: here they are, pointing anywhere.
  const definitions = labels.map((label) => `\n\n[${label}]: x`).join('');
  return parseMarkdown(closed + definitions).children.slice(0, blocks.length);
}

function sayTitleAndAbstract(blocks: readonly RootContent[], body: string): boolean {
  const heading = blocks.findIndex(isTitled);
  if (heading === -1 || heading === blocks.length - 1) return false;
  const fenced = /^(?:---|\+\+\+)/.test(body);
  return !fenced || blocks[0]?.type === 'yaml' || isToml(blocks[0]);
}

/** Labels that are defined somewhere in a file, and may be used at its beginning. */
function labelsIn(beginning: string, body: string): string[] {
  if (!beginning.includes('[')) return [];
  const used = beginning.toLowerCase();
  const labels = [...body.matchAll(/\[((?:[^[\]\\\n]|\\.){1,999})\]:/g)].map(([, label = '']) => label);
  return [...new Set(labels)].filter((label) => used.includes(label.toLowerCase()));
}

function isTitled(block: RootContent): block is Heading {
  return block.type === 'heading' && headingText(block) !== '';
}

function isComment(block: RootContent): boolean {
  if (block.type !== 'html') return false;
  const html = block.value.trim();
  return html.startsWith('<!--') && html.indexOf('-->') === html.length - '-->'.length;
}

function isAbstract(block: RootContent | undefined): block is Paragraph {
  if (block?.type !== 'paragraph') return false;
  const { start, end } = spanOf(block);
  return (
    end - start <= MAX_ABSTRACT_LENGTH &&
    !contains(block, REFERENCES) &&
    plainText(block, { includeImageAlt: false, includeHtml: false }).trim() !== ''
  );
}

/** TOML front matter, whose type the parser's types do not know. Kept as it is, and not read. */
function isToml(node: { type: string } | undefined): node is RootContent & { type: 'toml' } {
  return node?.type === 'toml';
}
