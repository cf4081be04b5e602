import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A Markdown file that people wrote, and where it was found. */
export interface RealFile {
  path: string;
  text: string;
}

/** A large file takes seconds to parse and shows nothing that smaller ones do not, in UTF-16 code units. */
const LARGEST = 40_000;

/**
 * Markdown files under the repository's `node_modules`, the nearest collection of what people write:
 * every second one, which is still many hundreds.
 */
export function* realMarkdownFiles(): Generator<RealFile> {
  let index = 0;
  for (const file of allMarkdownFiles()) {
    index += 1;
    if (index % 2 === 0 && file.text.length <= LARGEST) yield file;
  }
}

function* allMarkdownFiles(): Generator<RealFile> {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package-lock.json')) && folder !== dirname(folder))
    folder = dirname(folder);
  yield* filesUnder(join(folder, 'node_modules'));
}

function* filesUnder(folder: string): Generator<RealFile> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (/\.(?:md|markdown)$/i.test(entry.name)) yield { path, text: readFileSync(path, 'utf8') };
  }
}
