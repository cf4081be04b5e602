/**
 * Whether a piece of Markdown begins with front matter that is closed. The parser's extension must be
 * off for any other: one that begins with a rule would lose its first list to it.
 */
export function hasFrontMatter(markdown: string): boolean {
  return /^(---|\+\+\+)[ \t]*\r?\n(?:[^\r\n]*\r?\n)*?\1[ \t]*(?:\r?\n|$)/.test(markdown);
}
