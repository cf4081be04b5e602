import { Durations, SHORT_SECONDS } from '../common/durations.js';
import { Occurrences } from '../common/occurrences.js';

/** How a command ended that Redis did not answer. */
export type RedisFailure = 'timeout' | 'error';

/** How long Redis takes, for whoever operates the server. */
export class RedisStats {
  /** What was answered, by script or command. */
  readonly commands = new Durations(SHORT_SECONDS);
  /** What was not, by script or command. */
  readonly failures = new Occurrences<[command: string, failure: RedisFailure]>();
}
