import { existsSync } from 'node:fs';
import { canInstallPackages, installPackages } from './debian.mjs';
import { Explained, findProgram, runQuietly } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MACOS_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium that browser tests can drive: the one of `CHROMIUM_PATH`, of the PATH, or of Playwright, else
 * Debian's, installed where possible.
 * @returns {Promise<string>} path of its program
 * @throws {Explained} where there is none; the message says how to get one
 */
export async function requireChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Explained(`CHROMIUM_PATH is set to ${given}, and there is no such file.`);
  }
  const found = (await onThisMachine()) ?? (await fromDebian());
  if (found) return found;
  throw new Explained(
    'The browser tests need Chromium or Chrome. Put it on the PATH (Debian: apt-get install chromium), let ' +
      'Playwright fetch its own (npx playwright install --with-deps chromium), or set CHROMIUM_PATH to its program.',
  );
}

/** @returns {Promise<string | undefined>} */
async function onThisMachine() {
  for (const path of [...NAMES.map((name) => findProgram(name)), ...MACOS_APPS]) {
    if (path && (await runs(path))) return path;
  }
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

/** @returns {Promise<string | undefined>} */
async function fromDebian() {
  if (!canInstallPackages()) return undefined;
  await installPackages(['chromium', 'fonts-liberation']);
  const path = findProgram('chromium');
  return path && (await runs(path)) ? path : undefined;
}

/**
 * Whether a program is more than a stand-in for a package of another kind, as some distributions have.
 * @param {string} path
 */
async function runs(path) {
  if (!existsSync(path)) return false;
  try {
    await runQuietly(path, path, ['--version']);
    return true;
  } catch {
    return false;
  }
}
