import type { JobRef } from './jobs.repository.js';

interface Waiting {
  readonly ref: JobRef;
  readonly resolve: (held: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** Ends jobs that were done while the statement before was on its way with one statement. */
export class DoneBatch {
  private waiting: Waiting[] = [];
  private sending = false;

  /** @param finish ends jobs, and tells which claims held until then */
  constructor(private readonly finish: (refs: readonly JobRef[]) => Promise<Set<string>>) {}

  /** @returns whether the claim held until then */
  add(ref: JobRef): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ref, resolve, reject });
      if (!this.sending) void this.send();
    });
  }

  private async send(): Promise<void> {
    this.sending = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        const held = await this.finish(batch.map(({ ref }) => ref));
        for (const { ref, resolve } of batch) resolve(held.has(ref.claim));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.sending = false;
  }
}
