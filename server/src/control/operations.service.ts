import { Injectable } from '@nestjs/common';
import { CommandError } from '../common/command-error.js';
import type { Operation } from '../common/operation.js';

type Runner = (input: unknown) => Promise<unknown>;

/** What operators' commands can ask of this process. Features register what they offer. */
@Injectable()
export class OperationsService {
  private readonly runners = new Map<string, Runner>();

  /** Registers the one way to do an operation. */
  register<Input, Output>(operation: Operation<Input, Output>, run: (input: Input) => Promise<Output>): void {
    this.runners.set(operation.name, async (input) => {
      const parsed = operation.input.safeParse(input);
      if (parsed.success) return run(parsed.data);
      const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
      throw new CommandError(`${operation.name} cannot be done so: ${faults.slice(0, 5).join('; ')}.`);
    });
  }

  /**
   * Checks the input and does the operation.
   * @throws CommandError where the operator can mend it
   */
  async run(name: string, input: unknown): Promise<unknown> {
    const runner = this.runners.get(name);
    if (!runner) throw new CommandError(`This server knows no ${name}: restart it, it may be an older one.`);
    return runner(input);
  }
}
