/** How often things happened, by what they were: counted where they happen, read when somebody asks. */
export class Occurrences<Labels extends readonly string[]> {
  private readonly counts = new Map<string, { labels: Labels; count: number }>();

  /** @param labels few different ones, none of them from outside */
  add(...labels: Labels): void {
    this.addMany(1, ...labels);
  }

  addMany(times: number, ...labels: Labels): void {
    const key = labels.join('\n');
    const known = this.counts.get(key);
    if (known) known.count += times;
    else this.counts.set(key, { labels, count: times });
  }

  /** As it is now. */
  read(): { readonly labels: Labels; readonly count: number }[] {
    return [...this.counts.values()];
  }
}
