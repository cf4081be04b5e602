import { createHash, randomUUID } from 'node:crypto';
import { constants, type Dirent } from 'node:fs';
import { lstat, mkdir, open, opendir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve, sep } from 'node:path';
import { CommandError } from '../common/command-error.js';
import { joinFile } from './join-file.js';
import type { Content, SourceLayout } from './source-layout.js';
import { type FileParts, splitFile } from './split-file.js';

/** Larger files cannot be documents; they are not even read. In bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Longest path below the folder; the database finds documents by it. In bytes. */
const MOST_PATH_BYTES = 2_000;
const MARKDOWN = new Set(['.md', '.markdown']);
const MODULES = 'node_modules';
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a folder holds. */
export interface FolderScan {
  /** Markdown files, as paths below the folder with `/`, sorted. */
  readonly paths: readonly string[];
  /** What was not looked into, by why, as paths below the folder. */
  readonly passedOver: ReadonlyMap<string, readonly string[]>;
}

/** A file as it was read. */
export interface RawFile {
  readonly path: string;
  readonly source: string;
  /** SHA-256, hex. */
  readonly hash: string;
}

/** A file as a document. */
export interface SourceFile extends FileParts {
  readonly path: string;
}

/** A document on its way into a file. */
export interface FileToWrite {
  /** Path below the folder, with `/`. It is data: it may be anything. */
  readonly path: string;
  readonly content: Content;
  readonly layout: SourceLayout | null;
}

/** What became of a file, or in words why it was not written. */
export type WriteOutcome = 'created' | 'updated' | 'unchanged' | { readonly refused: string };

/** Markdown files in a folder: reads them as documents, and writes documents back. */
export class SourceFilesService {
  /** Absolute path of the folder. */
  readonly folder: string;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  /**
   * Finds the Markdown files of the tree. Symbolic links are not followed; hidden folders are not
   * looked into, and neither is `node_modules` unless the folder itself lies in one.
   * @throws CommandError where the folder cannot be read
   */
  async scan(): Promise<FolderScan> {
    const found: Found = { paths: [], passedOver: new Map() };
    await this.scanFolder('', found, this.folder.split(sep).includes(MODULES));
    return { paths: found.paths.sort(), passedOver: found.passedOver };
  }

  /** Reads one file, without looking into it. @returns it, or in words why it cannot be a document */
  async read(path: string): Promise<RawFile | string> {
    if (Buffer.byteLength(path) > MOST_PATH_BYTES) return `has a path longer than ${MOST_PATH_BYTES} bytes`;
    const bytes = await this.bytesOf(path);
    if (typeof bytes === 'string') return bytes;
    if (bytes.includes(0)) return 'holds NUL bytes';
    let source: string;
    try {
      source = utf8.decode(bytes);
    } catch {
      return 'is not UTF-8';
    }
    if (source.trim() === '') return 'is empty';
    return { path, source, hash: hashOf(bytes) };
  }

  /** Makes a document of a file. @returns it, or in words why it cannot be one */
  parse({ path, source, hash }: RawFile): SourceFile | string {
    const parts = splitFile(source, nameOf(path), hash);
    return typeof parts === 'string' ? parts : { path, ...parts };
  }

  /**
   * Writes a document's file, unless it is there already just so.
   * @returns what was done, or in words why it was not
   */
  async write(file: FileToWrite): Promise<WriteOutcome> {
    const parts = file.path.split('/');
    if (!parts.every(isSafeName)) return { refused: 'the path leads out of the folder' };
    try {
      return await this.writeTo(parts, file);
    } catch (error) {
      return { refused: `cannot be written (${codeOf(error)})` };
    }
  }

  private async writeTo(parts: readonly string[], file: FileToWrite): Promise<WriteOutcome> {
    let target = await realpath(this.folder);
    for (const name of parts.slice(0, -1)) {
      target = join(target, name);
      const there = await statOf(target);
      // Also a link: it may lead anywhere.
      if (there !== null && !there.isDirectory()) return { refused: `${name} is in the way, and no folder` };
      if (there === null) await mkdir(target);
    }
    target = join(target, parts.at(-1) ?? '');
    const there = await statOf(target);
    if (there !== null && !there.isFile()) return { refused: 'something that is no file is in the way' };
    const bytes = Buffer.from(joinFile(file.layout, file.content));
    if (there !== null && there.size === bytes.length && bytes.equals(await readFile(target))) {
      return 'unchanged';
    }
    await writeWhole(target, bytes);
    return there === null ? 'created' : 'updated';
  }

  private async scanFolder(below: string, found: Found, modulesToo: boolean): Promise<void> {
    const entries: Dirent[] = [];
    try {
      for await (const entry of await opendir(join(this.folder, below))) entries.push(entry);
    } catch (error) {
      if (below === '') throw new CommandError(`Cannot read the folder ${this.folder}: ${codeOf(error)}.`);
      note(found, `folder cannot be read (${codeOf(error)})`, below);
      return;
    }
    for (const entry of entries) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isSymbolicLink()) {
        note(found, 'symbolic link', path);
      } else if (entry.isDirectory()) {
        if (entry.name.startsWith('.')) note(found, 'hidden folder', path);
        else if (entry.name === MODULES && !modulesToo) note(found, `${MODULES} folder`, path);
        else await this.scanFolder(path, found, modulesToo);
      } else if (entry.isFile() && MARKDOWN.has(extname(entry.name).toLowerCase())) {
        found.paths.push(path);
      }
    }
  }

  private async bytesOf(path: string): Promise<Buffer | string> {
    try {
      // A link that has taken the file's place since the scan is not followed either.
      const handle = await open(join(this.folder, path), constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        if ((await handle.stat()).size > MOST_BYTES) return `is larger than ${MOST_BYTES} bytes`;
        return await handle.readFile();
      } finally {
        await handle.close();
      }
    } catch (error) {
      return `cannot be read (${codeOf(error)})`;
    }
  }
}

interface Found {
  readonly paths: string[];
  readonly passedOver: Map<string, string[]>;
}

function note({ passedOver }: Found, reason: string, path: string): void {
  passedOver.set(reason, [...(passedOver.get(reason) ?? []), path]);
}

/** SHA-256 of a file, hex. */
export function hashOf(file: Buffer | string): string {
  return createHash('sha256').update(file).digest('hex');
}

/** What a document is called whose file says no title. */
function nameOf(path: string): string {
  const file = basename(path);
  return file.slice(0, -extname(file).length || undefined).trim() || file;
}

function isSafeName(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    !/[\0/]/.test(name) &&
    (sep === '/' || !/[\\:]/.test(name))
  );
}

async function statOf(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Writes aside and moves into place: nobody sees half a file. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const draft = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(draft, bytes, { flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
