/**
 * Tells a value that comes back from the owner of the editor, late perhaps and with some left out, from one that
 * somebody else has put in its place.
 */
export class ValueEcho {
  #sent: string[] = [];
  #current: string;

  /** @param value what the editor starts with */
  constructor(value: string) {
    this.#current = value;
  }

  /** What the editor holds. */
  get current(): string {
    return this.#current;
  }

  /** Notes an edit. Answers whether it changed anything, and so is to be told. */
  send(value: string): boolean {
    if (value === this.#current) return false;
    this.#current = value;
    this.#sent.push(value);
    return true;
  }

  /** Takes what the owner says now. Answers whether it is new, and so is to be shown. */
  receive(value: string): boolean {
    const index = this.#sent.indexOf(value);
    if (index >= 0) {
      this.#sent = this.#sent.slice(index + 1);
      return false;
    }
    if (value === this.#current) return false;
    this.#sent = [];
    this.#current = value;
    return true;
  }
}
