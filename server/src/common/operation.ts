import type { z } from 'zod';

/**
 * Something that an operator's command can ask for, of this process or of a running server. Input and
 * output are JSON.
 */
export interface Operation<Input, Output> {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  /** Never there: it carries the type of the answer. */
  readonly output?: Output;
}
