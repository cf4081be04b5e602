import { storableSchema } from '@doclight/protocol';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { CommandError } from '../common/command-error.js';
import type { Operation } from '../common/operation.js';
import { OperationsService } from '../control/operations.service.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import { joinFile, layoutOfNew } from './join-file.js';
import { type FileToWrite, hashOf } from './source-files.service.js';
import { contentSchema, sourceLayoutSchema } from './source-layout.js';
import {
  type Author,
  type FileChange,
  type ImportWriter,
  type KnownFile,
  TransferRepository,
} from './transfer.repository.js';

/** Documents in one answer of an export. */
const EXPORT_BATCH = 20;

/** Below the folder, with `/`. */
const pathSchema = storableSchema.min(1).max(2_000);
const fileSchema = z.strictObject({
  path: pathSchema,
  content: contentSchema,
  layout: sourceLayoutSchema,
  author: z.string().nullable(),
});
const workspaceSchema = z.string().optional();
const importSchema = z.strictObject({ workspace: workspaceSchema, files: z.array(fileSchema).max(500) });
const exportSchema = z.strictObject({ workspace: workspaceSchema, after: z.string().optional() });

const compareSchema = z.strictObject({
  workspace: workspaceSchema,
  files: z.array(z.strictObject({ path: pathSchema, hash: sourceLayoutSchema.shape.fileHash })).max(500),
});

export type CompareInput = z.infer<typeof compareSchema>;
export type ImportInput = z.infer<typeof importSchema>;
export type ExportInput = z.infer<typeof exportSchema>;

/** What became of one file. */
export interface ImportOutcome {
  readonly path: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** Whether the file names an author who is no member, so that an owner stands for them. */
  readonly unknownAuthor: boolean;
}

/** Some documents with the paths they are written to. */
export interface ExportPage {
  readonly files: readonly FileToWrite[];
  /** Documents in the whole workspace. */
  readonly total: number;
  /** What to ask for next with; null: that was all. */
  readonly after: string | null;
}

/** Tells which files are the same as at their last import: they need not be sent. */
export const findUnchanged: Operation<CompareInput, readonly string[]> = {
  name: 'find-unchanged',
  input: compareSchema,
};
/** Takes in a batch of files, all or none. */
export const importFiles: Operation<ImportInput, readonly ImportOutcome[]> = {
  name: 'import-files',
  input: importSchema,
};
/** Gives out documents as files, some at a time. */
export const exportFiles: Operation<ExportInput, ExportPage> = { name: 'export-files', input: exportSchema };

/** Files that become documents, and documents that become files. */
@Injectable()
export class TransferService implements OnModuleInit {
  constructor(
    private readonly repository: TransferRepository,
    private readonly workspaces: WorkspacesService,
    private readonly operations: OperationsService,
  ) {}

  onModuleInit(): void {
    this.operations.register(findUnchanged, (input) => this.findUnchanged(input));
    this.operations.register(importFiles, (input) => this.importFiles(input));
    this.operations.register(exportFiles, (input) => this.exportFiles(input));
  }

  /** @returns the paths of those @throws CommandError where the workspace is not clear */
  async findUnchanged({ workspace, files }: CompareInput): Promise<readonly string[]> {
    const { id } = await this.workspaces.choose(workspace);
    const hashes = await this.repository.fileHashes(
      id,
      files.map(({ path }) => path),
    );
    return files.filter(({ path, hash }) => hashes.get(path) === hash).map(({ path }) => path);
  }

  /**
   * A file that is the same as at its last import changes nothing, whatever was edited in Doclight
   * since. One that is another file now is saved over the document: history keeps what was there.
   * @throws CommandError where the workspace is not clear
   */
  async importFiles({ workspace, files }: ImportInput): Promise<readonly ImportOutcome[]> {
    const { id: workspaceId, slug } = await this.workspaces.choose(workspace);
    const authors = await this.repository.authors(workspaceId);
    const owner = authors.find(({ role }) => role === 'owner');
    if (!owner) throw new CommandError(`The workspace ${slug} has no owner who could stand as author.`);
    const find = authorFinder(authors);
    return this.repository.importing(workspaceId, async (writer) => {
      const known = await writer.known(files.map(({ path }) => path));
      const created: FileChange[] = [];
      const outcomes: ImportOutcome[] = [];
      for (const { author, ...file } of files) {
        const named = author === null ? undefined : find(author);
        const change = { ...file, savedBy: named ?? owner.id };
        const document = known.get(file.path);
        if (!document) created.push(change);
        outcomes.push({
          path: file.path,
          outcome: document ? await takeOver(writer, document, change, named) : 'created',
          unknownAuthor: author !== null && named === undefined,
        });
      }
      await writer.insert(created);
      return outcomes;
    });
  }

  /** @throws CommandError where the workspace is not clear */
  async exportFiles({ workspace, after }: ExportInput): Promise<ExportPage> {
    const { id } = await this.workspaces.choose(workspace);
    const rows = await this.repository.files(id, after, EXPORT_BATCH);
    return {
      files: rows.map(({ sourcePath, slug, content, layout }) => ({
        path: sourcePath ?? `${slug}.md`,
        content,
        layout,
      })),
      total: await this.repository.count(id),
      after: rows.length < EXPORT_BATCH ? null : (rows.at(-1)?.id ?? null),
    };
  }
}

/** Decides what a file means for the document that it is. */
async function takeOver(
  writer: ImportWriter,
  document: KnownFile,
  file: FileChange,
  author: string | undefined,
): Promise<'updated' | 'unchanged'> {
  const { fileHash } = file.layout;
  if (document.layout?.fileHash === fileHash) return 'unchanged';
  const content = { title: document.title, abstract: document.abstract, text: document.text };
  if (hashOf(joinFile(document.layout, content)) === fileHash) {
    // An export wrote this file. From here on it is what a later edit in Doclight started from.
    const layout = document.layout ? { ...document.layout, fileHash } : layoutOfNew(content, fileHash);
    await writer.remember(document.id, file.path, layout);
    return 'unchanged';
  }
  await writer.update(document.id, file, author);
  return 'updated';
}

/** Finds people by e-mail address or name, as files write them: also `Name <address>`. */
function authorFinder(authors: readonly Author[]): (words: string) => string | undefined {
  const ids = new Map<string, string>();
  for (const { id, name } of [...authors].reverse()) ids.set(name.trim().toLowerCase(), id);
  for (const { id, email } of authors) ids.set(email, id);
  return (words) => {
    const [, name, address] = /^(.*?)\s*<([^<>]+)>$/.exec(words) ?? [];
    for (const key of [words, address, name]) {
      const id = key && ids.get(key.trim().toLowerCase());
      if (id) return id;
    }
    return undefined;
  };
}
