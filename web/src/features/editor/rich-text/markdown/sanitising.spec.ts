import type { DOMOutputSpec, Mark, Node } from '@tiptap/pm/model';
import { describe, expect, it } from 'vitest';
import { safeImage, safeLink } from '../extensions/safe-url';
import { MarkdownDocument } from './markdown-document';
import { contentSchema } from './schema';

const hostile = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml;base64,PHN2Zy8+',
  'vbscript:x',
  'blob:https://a.example/x',
  'file:///etc/passwd',
];

describe('addresses', () => {
  it.each(hostile)('never lead to %j', (url) => {
    expect(safeLink(url)).toBe('');
    expect(safeImage(url)).toBe('');
  });
  it.each(['https://a.example', '/path', '#part', '../up.md', 'mailto:a@b.example', '?q=1'])(
    'may lead to %s',
    (url) => {
      expect(safeLink(url)).toBe(url);
    },
  );
});

describe('what reaches the page', () => {
  const payloads = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="alert(1)">b</b> <svg onload=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    '```"><script>\nalert(1)\n```',
    '[^1]\n\n[^1]: <script>alert(1)</script>',
    ...hostile.flatMap((url) => [`[a](<${url}>)`, `![a](<${url}>)`, `<${url}>`, `[a][r]\n\n[r]: <${url}>`]),
    '[a](https://b.example "\\" onmouseover=alert(1)")',
  ];
  it.each(payloads)('of %j is harmless', (markdown) => {
    for (const spec of rendered(new MarkdownDocument(markdown).node)) expectHarmless(spec);
  });

  it('stays harmless for nodes with any attributes', () => {
    for (const url of hostile) {
      expectHarmless(render(contentSchema.node('image', { src: url, alt: '"', title: '<' })));
      expectHarmless(render(contentSchema.mark('link', { href: url, title: '" onclick="x' })));
    }
  });
});

/** What every node and mark of a document is rendered as. */
function rendered(document: Node): unknown[] {
  const specs: unknown[] = [];
  document.descendants((node) => {
    if (!node.isText) specs.push(render(node));
    specs.push(...node.marks.map(render));
  });
  return specs;
}

function render(thing: Node | Mark): DOMOutputSpec | undefined {
  const { spec } = thing.type as { spec: { toDOM?: (thing: Node | Mark, inline: boolean) => DOMOutputSpec } };
  return spec.toDOM?.(thing, true);
}

/** Walks `[tag, attributes, ...children]`, the form in which ProseMirror is told what to make. */
function expectHarmless(spec: unknown): void {
  if (!Array.isArray(spec)) return;
  const [tag, ...rest] = spec as [string, ...unknown[]];
  expect(tag).toMatch(
    /^(?:p|h[1-6]|pre|code|ul|ol|li|blockquote|hr|br|a|img|span|strong|em|s|table|colgroup|col|tbody|tr|th|td|div)$/,
  );
  for (const part of rest) {
    if (Array.isArray(part)) expectHarmless(part);
    else if (part !== null && typeof part === 'object') {
      for (const [name, value] of Object.entries(part)) {
        expect(name).not.toMatch(/^on|^srcdoc$|^formaction$/i);
        if (name === 'href' && value !== '') expect(safeLink(value)).toBe(value);
        if (name === 'src' && value !== '') expect(safeImage(value)).toBe(value);
      }
    }
  }
}
