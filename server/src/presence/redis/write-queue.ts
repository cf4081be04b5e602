/** Most changes that are written at once: a script holds up everybody else for as long as it runs. */
const MOST_AT_ONCE = 256;

interface Waiting<Change, Answer> {
  readonly changes: readonly Change[];
  readonly resolve: (answers: Answer[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes that follow one another. While one is under way, those that come wait and are then written
 * together: what is quiet is written at once, what is busy costs less a change the busier it is (as Nagle's
 * algorithm does for small packets, without its timer).
 * @see https://datatracker.ietf.org/doc/html/rfc896
 */
export class WriteQueue<Change, Answer> {
  private waiting: Waiting<Change, Answer>[] = [];
  private writing = false;

  /** @param write writes changes in their order, and gives an answer to each in that order */
  constructor(private readonly write: (changes: readonly Change[]) => Promise<readonly Answer[]>) {}

  /** Writes changes after all that came before. @throws what the write threw that they were part of */
  add(changes: readonly Change[]): Promise<Answer[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ changes, resolve, reject });
      if (!this.writing) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const batch = this.take();
      try {
        const answers = await this.write(batch.flatMap(({ changes }) => changes));
        let from = 0;
        for (const { changes, resolve } of batch) {
          resolve(answers.slice(from, from + changes.length));
          from += changes.length;
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.writing = false;
  }

  private take(): Waiting<Change, Answer>[] {
    let size = 0;
    let count = 0;
    for (const { changes } of this.waiting) {
      if (count > 0 && size + changes.length > MOST_AT_ONCE) break;
      size += changes.length;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }
}
