import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { Explained } from './run.mjs';

/**
 * Writes generated files, or only says whether they are what they would be.
 * @param {Readonly<Record<string, string>>} pages text by path from the root
 * @param {object} options
 * @param {boolean} options.check write nothing
 * @param {string} options.stale what a file that differs is not, and the way to mend it
 * @throws {Explained} with `check`, where a file is missing or says something else
 */
export function publish(pages, { check, stale }) {
  const differing = Object.entries(pages).filter(([path, text]) => readPage(path) !== text);
  if (check && differing.length > 0)
    throw new Explained(`${differing.map(([path]) => path).join(' and ')}: ${stale}`);
  for (const [path, text] of differing) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/**
 * @param {string} path from the root
 * @returns {string | undefined} nothing where there is no such file
 */
export function readPage(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
