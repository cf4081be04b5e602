/** Sets NODE_ENV, which the libraries of the web app read, before any of them is loaded. */
export function setNodeEnvironment(environment: 'production' | 'development'): void {
  Object.assign(process.env, { NODE_ENV: environment, NEXT_TELEMETRY_DISABLED: '1' });
}

const OPERATOR_SCRIPTS = new Set(['import', 'export', 'accounts']);

/** Where the person stands who runs a command: npm itself starts scripts in the folder of the package. */
export function callerFolder(): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return script !== undefined && OPERATOR_SCRIPTS.has(script) && folder ? folder : process.cwd();
}
