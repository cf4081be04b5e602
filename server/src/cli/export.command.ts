import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError } from '../common/command-error.js';
import { SourceFilesService, type WriteOutcome } from '../transfer/source-files.service.js';
import { type ExportPage, exportFiles } from '../transfer/transfer.service.js';
import { type Backend, type Command, connected, onlyOne, readArguments } from './command.js';
import { Progress } from './progress.js';
import { printable, Tally } from './tally.js';

const usage = `Usage: npm run export -- FOLDER [--workspace SLUG]

Writes every document as a Markdown file: those that were imported under the path they came from, byte
for byte where nothing was edited; others as SLUG.md. Files that are the same already are not touched,
other files in the folder stay. Images stay in the database.

  --workspace SLUG  which; not needed where there is one workspace only`;

/** Writes the documents of a workspace into a folder. */
export const exportCommand: Command = {
  usage,
  async run(args, context) {
    const { values, positionals } = readArguments(args, { workspace: { type: 'string' } });
    const folder = resolve(context.folder, onlyOne(positionals, 'the folder'));
    return connected(context, async (backend) => {
      const report = new Report();
      const files = new SourceFilesService(folder);
      let progress: Progress | undefined;
      try {
        for await (const page of pagesOf(backend, values.workspace)) {
          // Not made before the first answer: a wrong workspace leaves no folder behind.
          if (!progress) await makeFolder(folder);
          progress ??= new Progress('Exporting', page.total, context.err);
          for (const file of page.files)
            report.count(file.path, await report.once(file.path, () => files.write(file)));
          progress.advance(page.files.length);
        }
      } finally {
        progress?.end();
      }
      context.out(report.lines(folder).join('\n'));
      return report.refused.total === 0 ? 0 : 1;
    });
  },
};

class Report {
  readonly refused = new Tally();
  private readonly counts = { created: 0, updated: 0, unchanged: 0 };
  private readonly paths = new Set<string>();

  /** Two documents that want one file would write over each other, time and again. */
  async once(path: string, write: () => Promise<WriteOutcome>): Promise<WriteOutcome> {
    if (this.paths.has(path)) return { refused: 'another document is written to the same file' };
    this.paths.add(path);
    return write();
  }

  count(path: string, written: WriteOutcome): void {
    if (typeof written === 'string') this.counts[written] += 1;
    else this.refused.add(written.refused, path);
  }

  lines(folder: string): string[] {
    const { created, updated, unchanged } = this.counts;
    const lines = [
      `Wrote ${created + updated} files in ${printable(folder)}`,
      `  ${created} created, ${updated} updated, ${unchanged} unchanged`,
    ];
    if (this.refused.total > 0) lines.push(`  ${this.refused.total} not written`, ...this.refused.lines());
    return lines;
  }
}

async function* pagesOf(backend: Backend, workspace: string | undefined): AsyncGenerator<ExportPage> {
  let after: string | null = null;
  do {
    const page: ExportPage = await backend.run(exportFiles, {
      ...(workspace === undefined ? {} : { workspace }),
      ...(after === null ? {} : { after }),
    });
    yield page;
    after = page.after;
  } while (after !== null);
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`Cannot make the folder ${printable(folder)}: ${code ?? String(error)}.`);
  }
}
