/** Injects the open `DatabaseHandle`. For repositories. */
export const DATABASE = Symbol('database');
