import { cp, mkdtemp, opendir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Document } from '@doclight/protocol';

/** What the dependencies bring along: the nearest collection of what people write. */
const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
/** Of so many files, one is taken: more than 500 are left. */
const EVERY = 2;
/** Larger files, in bytes, would take the time of many small ones. */
const MOST_BYTES = 200_000;

/** Copies some hundred real Markdown files into a new temporary folder. @returns the folder */
export async function copyRealFiles(): Promise<string> {
  const paths: string[] = [];
  const walk = async (below: string): Promise<void> => {
    for await (const entry of await opendir(join(MODULES, below))) {
      const path = join(below, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.')) await walk(path);
      else if (entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name)) paths.push(path);
    }
  };
  await walk('');
  const folder = await mkdtemp(join(tmpdir(), 'doclight-files-'));
  for (const path of paths.sort().filter((_, at) => at % EVERY === 0)) {
    if ((await stat(join(MODULES, path))).size > MOST_BYTES) continue;
    // Folders of the name `node_modules` are passed over by an import.
    await cp(join(MODULES, path), join(folder, path.replaceAll('node_modules', 'modules')));
  }
  return folder;
}

/** What Markdown of the world has in it that an editor may spoil. */
const FEATURES: Readonly<Record<string, RegExp>> = {
  'line ends of Windows': /\r\n/,
  'no line end at the end': /[^\n]$/,
  'several line ends at the end': /\n\n$/,
  'spaces at the end of a line': / {2,}\n/,
  tabs: /\t/,
  'HTML blocks': /^<(?:div|p|table|details|h\d|picture)\b/im,
  'HTML in a line': /\S.*<(?:br|img|a|kbd|sup|sub)\b/i,
  comments: /<!--/,
  tables: /^\|?.*\|.*\n\|?[ :|-]+-[ :|-]+\n/m,
  'task lists': /^[-*+] \[[ x]\]/m,
  'links by reference': /^\[[^\]^]+\]:\s/m,
  'badges in links': /\[!\[[^\]]*\]\([^)]*\)\]/,
  'bare addresses': /(?:^|\s)https?:\/\/\S+/m,
  'underlined headings': /\n(?:={3,}|-{3,})\n/,
  'headings closed by #': /^#+ .* #+$/m,
  'indented code': /\n\n {4}\S/,
  'fences of tildes': /^~~~/m,
  'bullets of stars': /^\* /m,
  'bullets of plus signs': /^\+ /m,
  'lists in lists': /^[-*+] .*\n(?: {2,4}|\t)[-*+] /m,
  'numbered lists': /^\d+[.)] /m,
  'emphasis by underscores': /(?:^|\s)_[^_\s]+_/m,
  entities: /&(?:\w+|#\d+);/,
  escapes: /\\[_*[\]<>#]/,
  rules: /^(?:\* \* \*|\*{3,}|_{3,}|-{3,})$/m,
  quotes: /^> /m,
  emoji: /\p{Extended_Pictographic}/u,
  'other scripts': /[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff]/,
  'footnotes or mentions': /\[\^|(?:^|\s)@[a-z]/m,
  'much text': /^[\s\S]{40000}/,
};

/**
 * Takes documents that differ from each other: for each thing that an editor may spoil one that has it.
 * @returns the documents, each once, and what none of the given ones has
 */
export function diverse(documents: readonly Document[]): { chosen: Document[]; missing: string[] } {
  const chosen = new Set<Document>();
  const missing: string[] = [];
  for (const [feature, pattern] of Object.entries(FEATURES)) {
    const having = documents.filter(({ text }) => pattern.test(text));
    const fresh = having.find((document) => !chosen.has(document));
    if (fresh) chosen.add(fresh);
    else if (having.length === 0) missing.push(feature);
  }
  return { chosen: [...chosen], missing };
}
