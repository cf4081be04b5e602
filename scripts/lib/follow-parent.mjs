const POLL_MS = 500;

/**
 * npm does not pass signals on to what it starts: one that is stopped would leave its server behind,
 * holding the port and the data. Where npm started this process, its end is a SIGTERM for us.
 */
export function followParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, POLL_MS);
  timer.unref();
}
