import { titleAsValue } from './front-matter.js';
import { headingMarkdown } from './markdown-tree.js';
import type { Content, Segment, SourceLayout } from './source-layout.js';

/**
 * The file of a document. What was imported and not edited since is put back as it was, byte for
 * byte; what was edited stands in the same place.
 * @param layout null: made in Doclight, and written as heading, abstract, text
 */
export function joinFile(layout: SourceLayout | null, content: Content): string {
  if (layout === null) return joinNew(content);
  const file = new FileWriter();
  for (const segment of layout.segments) {
    const { piece, apart } = pieceOf(segment, layout, content);
    if (apart) file.block(piece);
    else file.raw(piece);
  }
  const whole = file.end();
  return layout.lineEnd === 'crlf' ? whole.replaceAll(/\r?\n/g, '\r\n') : whole;
}

function joinNew({ title, abstract, text }: Content): string {
  const file = new FileWriter();
  for (const block of [headingMarkdown(title, 1), abstract, text]) file.block(block);
  return file.end();
}

/** How a document that was made in Doclight lies in the file that `joinFile` writes for it. */
export function layoutOfNew(content: Content, fileHash: string): SourceLayout {
  const whole = joinNew(content);
  const heading = headingMarkdown(content.title, 1);
  const segments: Segment[] = [{ kind: 'title', as: 'heading', raw: heading, depth: 1 }];
  let at = heading.length;
  for (const kind of ['abstract', 'text'] as const) {
    const start = content[kind] === '' ? at : whole.indexOf(content[kind], at);
    if (start > at) segments.push({ kind: 'kept', raw: whole.slice(at, start) });
    segments.push({ kind });
    at = start + content[kind].length;
  }
  if (at < whole.length) segments.push({ kind: 'kept', raw: whole.slice(at) });
  return {
    fileHash,
    lineEnd: 'as-is',
    title: content.title,
    hadAbstract: content.abstract !== '',
    hadText: content.text !== '',
    titleInText: null,
    segments,
  };
}

/** What to write for a segment. `apart`: it was not there before, and needs blank lines around it. */
function pieceOf(
  segment: Segment,
  layout: SourceLayout,
  content: Content,
): { piece: string; apart: boolean } {
  switch (segment.kind) {
    case 'kept':
      return { piece: segment.raw, apart: false };
    case 'abstract':
      return { piece: content.abstract, apart: !layout.hadAbstract };
    case 'text':
      return { piece: withTitle(layout, content), apart: !layout.hadText };
    case 'title': {
      if (content.title === layout.title) return { piece: segment.raw, apart: false };
      if (segment.as === 'value') return { piece: titleAsValue(content.title), apart: false };
      return { piece: headingMarkdown(content.title, segment.depth), apart: segment.raw === '' };
    }
  }
}

/** The text, and where a heading in it repeats the title, with the title as it is now. */
function withTitle({ title, titleInText }: SourceLayout, content: Content): string {
  if (titleInText === null || content.title === title) return content.text;
  const at = content.text.indexOf(titleInText.raw);
  if (at === -1) return content.text;
  const heading = headingMarkdown(content.title, titleInText.depth);
  return content.text.slice(0, at) + heading + content.text.slice(at + titleInText.raw.length);
}

/** Puts pieces together. */
class FileWriter {
  private written = '';
  private apart = false;

  /** Adds a piece as it is. */
  raw(piece: string): void {
    if (piece === '') return;
    if (this.apart) this.blankLine();
    this.apart = false;
    this.written += piece;
  }

  /** Adds a piece between blank lines, where it is not empty. */
  block(piece: string): void {
    if (piece === '') return;
    this.blankLine();
    this.written += piece;
    this.apart = true;
  }

  end(): string {
    return this.apart && !this.written.endsWith('\n') ? `${this.written}\n` : this.written;
  }

  private blankLine(): void {
    if (this.written === '' || this.written === '\uFEFF') return;
    const there = /(?:\r?\n){0,2}$/.exec(this.written)?.[0] ?? '';
    this.written += '\n'.repeat(2 - there.replaceAll('\r', '').length);
  }
}
