import { existsSync } from 'node:fs';
import { findProgram, runQuietly } from './run.mjs';

/** Whether missing programs can be had by ourselves: Debian or its kin, as root. */
export function canInstallPackages() {
  return (
    existsSync('/etc/debian_version') && process.getuid?.() === 0 && findProgram('apt-get') !== undefined
  );
}

/**
 * Installs Debian packages.
 * @param {readonly string[]} packages
 * @throws {import('./run.mjs').Explained} where apt fails; the message carries its output
 */
export async function installPackages(packages) {
  console.log(`Installing ${packages.join(', ')} with apt-get ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = findProgram('apt-get') ?? 'apt-get';
  await runQuietly('apt-get update', apt, ['update', '-qq'], { env });
  await runQuietly('apt-get install', apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
  });
}
