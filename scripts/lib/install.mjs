import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Explained, runQuietly } from './run.mjs';

/**
 * Whether `node_modules` holds what `package-lock.json` asks for. npm writes down what it installed in a
 * lock file of its own, last of all: an installation that was cut off has none.
 */
export function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (!wanted)
    throw new Explained('package-lock.json is missing: this is not a whole clone of the repository.');
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === version : optional === true;
  });
}

/**
 * Installs exactly what the lock file says, the development dependencies too.
 * @throws {Explained} where npm fails; the message carries what it said
 */
export async function install() {
  const env = { ...process.env };
  // `production` would leave out the development dependencies, which the build needs.
  delete env.NODE_ENV;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = env.npm_execpath;
  if (npm && /\.c?js$/.test(npm)) await runQuietly('npm ci', process.execPath, [npm, ...args], { env });
  else await runQuietly('npm ci', process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { env });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
