/** Sets NODE_ENV, which the libraries of the web app read, before any of them is loaded. */
export function setNodeEnvironment(environment: 'production' | 'development'): void {
  Object.assign(process.env, { NODE_ENV: environment, NEXT_TELEMETRY_DISABLED: '1' });
}
