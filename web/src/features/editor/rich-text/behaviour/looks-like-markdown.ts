const signs = [
  /^#{1,6} \S/m,
  /^[ \t]*[-*+] \S/m,
  /^[ \t]*\d{1,9}[.)] \S/m,
  /^> ?\S/m,
  /^(?:`{3}|~{3})/m,
  /^(?:-{3,}|\*{3,})$/m,
  /^\|.+\|[ \t]*$/m,
  /\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*/,
  /(?<![*\w])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![*\w])/,
  /(?<!\w)__?[^\s_](?:[^_\n]*[^\s_])?_?_(?!\w)/,
  /~~\S.*~~/,
  /`[^`\n]+`/,
  /\[[^\]\n]+\](?:\([^)\n]*\)|\[[^\]\n]*\])/,
];

/** Whether somebody who wrote `text` most likely meant it as Markdown. */
export function looksLikeMarkdown(text: string): boolean {
  return signs.some((sign) => sign.test(text));
}
