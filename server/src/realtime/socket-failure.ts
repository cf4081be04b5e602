import type { SocketErrorCode } from '@doclight/protocol';

/** An error that is meant for the client: the acknowledgement carries it. */
export class SocketFailure extends Error {
  override readonly name = 'SocketFailure';
  constructor(
    readonly code: SocketErrorCode,
    message: string,
  ) {
    super(message);
  }
}
