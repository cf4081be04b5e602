import { defineConfig } from '@playwright/test';
import { requireChromium } from '../scripts/lib/chromium.mjs';

// Workers load this file again: they take the browser that was found first.
process.env.CHROMIUM_PATH = await requireChromium();

/**
 * Browser tests against the built product. One worker: every page, its server and its database share the
 * few cores of an ordinary machine, and what is tested is how fast people see each other.
 */
export default defineConfig({
  testDir: 'tests',
  outputDir: 'results',
  workers: 1,
  forbidOnly: true,
  // What is tested is time, on machines that stall: see docs/decisions.md. What needed it is reported as flaky.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    // A trace costs about as much as what it watches: the second try has one.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      // Chromium has no sandbox for root, which containers often are.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
