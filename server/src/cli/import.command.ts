import { resolve } from 'node:path';
import { CommandError } from '../common/command-error.js';
import {
  type FolderScan,
  type RawFile,
  type SourceFile,
  SourceFilesService,
} from '../transfer/source-files.service.js';
import { findUnchanged, type ImportOutcome, importFiles } from '../transfer/transfer.service.js';
import {
  type Backend,
  type Command,
  type CommandContext,
  connected,
  onlyOne,
  readArguments,
} from './command.js';
import { Progress } from './progress.js';
import { printable, Tally } from './tally.js';

/**
 * Files, and characters of text, in one batch. A batch is one transaction, and the embedded database
 * does nothing else meanwhile: they are small, so that people who work at the same time notice nothing.
 */
const BATCH_FILES = 25;
const BATCH_CHARACTERS = 256 * 1024;

const usage = `Usage: npm run import -- FOLDER [--workspace SLUG]

Reads the Markdown files (.md, .markdown) of a folder and of the folders in it as documents. Front matter
may say title and author (name or e-mail of a member). Run again, it updates what changed.
Symbolic links, hidden folders and node_modules are passed over; a FOLDER in node_modules is read whole.

  --workspace SLUG  where to; not needed where there is one workspace only`;

/** Takes a folder of Markdown files in. */
export const importCommand: Command = {
  usage,
  async run(args, context) {
    const { values, positionals } = readArguments(args, { workspace: { type: 'string' } });
    const files = new SourceFilesService(resolve(context.folder, onlyOne(positionals, 'the folder')));
    const scan = await files.scan();
    if (scan.paths.length === 0) {
      throw new CommandError(`There is no Markdown file in ${printable(files.folder)}.`);
    }
    const workspace = values.workspace === undefined ? {} : { workspace: values.workspace };
    const report = await connected(context, (backend) =>
      new Import(backend, files, workspace, scan.paths, context.err).run(),
    );
    context.out(report.lines(files.folder, scan).join('\n'));
    return report.read === 0 ? 1 : 0;
  },
};

class Report {
  read = 0;
  readonly outcomes = { created: 0, updated: 0, unchanged: 0 };
  readonly skipped = new Tally();
  readonly unknownAuthors = new Tally();

  count(outcomes: readonly ImportOutcome[]): void {
    for (const { path, outcome, unknownAuthor } of outcomes) {
      this.outcomes[outcome] += 1;
      if (unknownAuthor)
        this.unknownAuthors.add('name an author who is no member; an owner stands for them', path);
    }
  }

  lines(folder: string, { paths, passedOver }: FolderScan): string[] {
    const { created, updated, unchanged } = this.outcomes;
    const lines = [
      `Read ${this.read} of ${paths.length} Markdown files in ${printable(folder)}`,
      `  ${created} created, ${updated} updated, ${unchanged} unchanged`,
    ];
    if (this.skipped.total > 0) lines.push(`  ${this.skipped.total} skipped`, ...this.skipped.lines());
    if (this.unknownAuthors.total > 0) lines.push('  Authors', ...this.unknownAuthors.lines());
    if (passedOver.size > 0) {
      const tally = new Tally();
      for (const [reason, places] of passedOver) for (const place of places) tally.add(reason, place);
      lines.push('  Not looked into', ...tally.lines());
    }
    return lines;
  }
}

/** One run: reads the next files while the batch before is being stored. */
class Import {
  private readonly report = new Report();
  private readonly progress: Progress;
  private storing: Promise<void> = Promise.resolve();

  constructor(
    private readonly backend: Backend,
    private readonly files: SourceFilesService,
    private readonly workspace: { workspace?: string },
    private readonly paths: readonly string[],
    progress: CommandContext['err'],
  ) {
    this.progress = new Progress('Importing', paths.length, progress);
  }

  async run(): Promise<Report> {
    try {
      for await (const batch of this.batches()) {
        const parsed = await this.parseChanged(batch);
        await this.storing;
        this.storing = this.store(parsed);
        // Its failure is met by whoever awaits it next, which is later.
        this.storing.catch(() => {});
      }
      await this.storing;
    } finally {
      this.progress.end();
    }
    return this.report;
  }

  private async *batches(): AsyncGenerator<RawFile[]> {
    let batch: RawFile[] = [];
    let characters = 0;
    for (const path of this.paths) {
      const file = await this.files.read(path);
      if (typeof file === 'string') {
        this.skip(path, file);
        continue;
      }
      batch.push(file);
      characters += file.source.length;
      if (batch.length < BATCH_FILES && characters < BATCH_CHARACTERS) continue;
      yield batch;
      batch = [];
      characters = 0;
    }
    if (batch.length > 0) yield batch;
  }

  private async parseChanged(batch: readonly RawFile[]): Promise<SourceFile[]> {
    const files = batch.map(({ path, hash }) => ({ path, hash }));
    const unchanged = new Set(await this.backend.run(findUnchanged, { ...this.workspace, files }));
    const parsed: SourceFile[] = [];
    for (const raw of batch) {
      const file = unchanged.has(raw.path) ? null : this.files.parse(raw);
      if (typeof file === 'string') {
        this.skip(raw.path, file);
        continue;
      }
      this.report.read += 1;
      if (file) parsed.push(file);
    }
    this.report.outcomes.unchanged += unchanged.size;
    this.progress.advance(unchanged.size);
    return parsed;
  }

  private async store(files: SourceFile[]): Promise<void> {
    if (files.length === 0) return;
    this.report.count(await this.backend.run(importFiles, { ...this.workspace, files }));
    this.progress.advance(files.length);
  }

  private skip(path: string, reason: string): void {
    this.report.skipped.add(reason, path);
    this.progress.advance(1);
  }
}
