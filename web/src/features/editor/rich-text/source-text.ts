/** The source as a text area shows it: without a byte order mark, every line end a line feed. */
export function shownSource(markdown: string): string {
  return markdown.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/**
 * What `markdown` becomes when its shown source is edited to `shown`. A text area knows only line feeds, so only
 * what lies between the first and the last difference is taken from it, with the file's own line end; every other
 * byte stays.
 */
export function editedSource(markdown: string, shown: string): string {
  const before = shownSource(markdown);
  const offsets = offsetsOf(markdown);
  const most = Math.min(before.length, shown.length);
  let head = 0;
  while (head < most && before[head] === shown[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === shown.at(-1 - tail)) tail += 1;
  const eol = /\r\n|\r|\n/.exec(markdown)?.[0] ?? '\n';
  const middle = shown.slice(head, shown.length - tail).replaceAll('\n', eol);
  const start = offsets[head] ?? markdown.length;
  const end = offsets[before.length - tail] ?? markdown.length;
  return markdown.slice(0, start) + middle + markdown.slice(end);
}

/** For each character of the shown source, and for its end, where it stands in the file. */
function offsetsOf(markdown: string): number[] {
  const offsets: number[] = [];
  let at = markdown.startsWith('\uFEFF') ? 1 : 0;
  while (at < markdown.length) {
    offsets.push(at);
    at += markdown.startsWith('\r\n', at) ? 2 : 1;
  }
  return [...offsets, at];
}
