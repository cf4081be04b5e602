/**
 * The database cannot be opened. The message is all that an operator has to read: which setting leads
 * there, what is wrong, and how to mend it. It holds no password.
 */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
}

/**
 * What to tell where the PostgreSQL of `url` could not be opened. Errors of neither the network nor the
 * server (a mistake in a migration, say) are given back as they are.
 */
export function postgresUnavailable(url: string, error: unknown): unknown {
  const reason = reasonOf(error);
  if (reason === null) return error;
  const { host, pathname } = new URL(url);
  return new DatabaseUnavailableError(
    `The PostgreSQL of DATABASE_URL (${host}${pathname}) cannot be used: ${reason}. ` +
      'Check that it runs, and that the address, the account and its rights are right.',
    { cause: error },
  );
}

/** What to tell where the folder of the embedded database cannot be used. */
export function dataDirUnavailable(dataDir: string, error: unknown): unknown {
  const reason = reasonOf(error);
  if (reason === null) return error;
  return new DatabaseUnavailableError(
    `DATA_DIR ${dataDir} cannot be used: ${reason}. Name a folder that this account can write to.`,
    { cause: error },
  );
}

/**
 * Codes of what an operator can mend: errors of the system (`ECONNREFUSED`), and of PostgreSQL those of
 * connecting, signing in, a missing database, missing rights, exhaustion, starting up and extensions that
 * are not installed.
 * @see https://www.postgresql.org/docs/15/errcodes-appendix.html
 */
const OPERATORS_CODE = /^(?:E[A-Z_]+|(?:08|28|3D|53)\w{3}|42501|57P\d\d|58P01|0A000)$/;

/** What the system or the server said; null where the error is of another kind. */
function reasonOf(error: unknown): string | null {
  // Several addresses of one name were tried: the first says it.
  const [first] = error instanceof AggregateError ? error.errors : [error];
  // drizzle wraps what the server answered to a statement of a migration.
  const told = first instanceof Error && first.cause instanceof Error ? first.cause : first;
  if (!(told instanceof Error)) return null;
  const { code = '' } = told as NodeJS.ErrnoException;
  // The pool gives up after a time of its own, and says so without a code.
  return OPERATORS_CODE.test(code) || /timeout|terminated/.test(told.message) ? told.message : null;
}
