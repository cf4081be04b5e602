import { resolve } from 'node:path';
import { CommandError } from '../common/command-error.js';
import { type FolderScan, type SourceFile, SourceFilesService } from '../transfer/source-files.service.js';
import { type ImportOutcome, importFiles } from '../transfer/transfer.service.js';
import { type Command, type CommandContext, connected, onlyOne, readArguments } from './command.js';
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
    const report = await new Import(context, files, values.workspace).run(scan);
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

/** One run: reads files while the batch before is being stored. */
class Import {
  private readonly report = new Report();
  private batch: SourceFile[] = [];
  private characters = 0;

  constructor(
    private readonly context: CommandContext,
    private readonly files: SourceFilesService,
    private readonly workspace: string | undefined,
  ) {}

  async run({ paths }: FolderScan): Promise<Report> {
    return connected(this.context, async (backend) => {
      const progress = new Progress('Importing', paths.length, this.context.err);
      let storing: Promise<void> = Promise.resolve();
      const store = async () => {
        const batch = this.takeBatch();
        await storing;
        if (batch.length === 0) return;
        storing = backend
          .run(importFiles, {
            ...(this.workspace === undefined ? {} : { workspace: this.workspace }),
            files: batch,
          })
          .then((outcomes) => {
            this.report.count(outcomes);
            progress.advance(batch.length);
          });
        // Its failure is met by whoever awaits it next, which may be later.
        storing.catch(() => {});
      };
      try {
        for (const path of paths) {
          const file = await this.files.read(path);
          if (typeof file === 'string') {
            this.report.skipped.add(file, path);
            progress.advance(1);
            continue;
          }
          this.report.read += 1;
          this.batch.push(file);
          this.characters += file.content.text.length;
          if (this.batch.length >= BATCH_FILES || this.characters >= BATCH_CHARACTERS) await store();
        }
        await store();
        await storing;
      } finally {
        progress.end();
      }
      return this.report;
    });
  }

  private takeBatch(): SourceFile[] {
    const { batch } = this;
    this.batch = [];
    this.characters = 0;
    return batch;
  }
}
