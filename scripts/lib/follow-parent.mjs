import { readFileSync } from 'node:fs';

const POLL_MS = 500;
const SHELL = /^(?:sh|ash|dash|bash|zsh)$/;

/**
 * npm does not pass every signal on to what it starts, and none where it is killed: the server would stay
 * behind, holding the port and the data. Where npm started this process, its end is a SIGTERM for us.
 */
export function followParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  // npm may have put a shell between itself and us, which outlives it.
  const shell = statusOf(parent);
  const npm = shell && SHELL.test(shell.name) ? shell.parent : undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || statusOf(parent)?.parent === npm)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, POLL_MS);
  timer.unref();
}

/**
 * @param {number} pid
 * @returns {{ name: string, parent: string } | undefined} nothing where the system does not tell
 */
function statusOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const name = status.match(/^Name:\t(.*)$/m)?.[1];
    const parent = status.match(/^PPid:\t(\d+)$/m)?.[1];
    return name !== undefined && parent !== undefined ? { name, parent } : undefined;
  } catch {
    return undefined;
  }
}
