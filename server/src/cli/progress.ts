const BAR_LENGTH = 30;
/** A terminal is drawn anew, and a log gets a line, at most this often; in milliseconds. */
const DRAW_EVERY_MS = 80;
const LINE_EVERY_MS = 2_000;

/** How far a long command is: a bar on a terminal, else a line now and then. */
export class Progress {
  private count = 0;
  private drawnAt = Date.now();

  constructor(
    private readonly what: string,
    private readonly total: number,
    private readonly stream: { readonly isTTY?: boolean; write(text: string): unknown },
  ) {}

  advance(by: number): void {
    this.count += by;
    const now = Date.now();
    if (now - this.drawnAt < (this.stream.isTTY ? DRAW_EVERY_MS : LINE_EVERY_MS)) return;
    this.drawnAt = now;
    this.draw();
  }

  /** Takes the bar away: what follows says how it went. */
  end(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[K');
  }

  private draw(): void {
    const share = this.total === 0 ? 1 : Math.min(1, this.count / this.total);
    const percent = `${Math.floor(share * 100)} %`;
    const counts = `${this.count} of ${this.total}`;
    if (!this.stream.isTTY) {
      this.stream.write(`${this.what}: ${counts} (${percent})\n`);
      return;
    }
    const bar = '█'.repeat(Math.floor(share * BAR_LENGTH)).padEnd(BAR_LENGTH, '░');
    this.stream.write(`\r\x1b[K${this.what} ${bar} ${percent.padStart(5)} ${counts}`);
  }
}
