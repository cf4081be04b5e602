/**
 * Why an operator's command cannot do what it was asked. The message is all that the operator reads:
 * what is wrong, and how to mend it.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
