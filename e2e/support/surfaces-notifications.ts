import { createECDH, randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { bell, notices } from './centre.js';
import { openDashboard } from './dashboard.js';
import type { Stage, Surface } from './surface.js';

async function openCentre(page: Page): Promise<void> {
  await openDashboard(page);
  await bell(page).click();
}

/** Makes this session’s browser a device, without a push service: for the eye only. */
async function addDevice(page: Page): Promise<void> {
  await page.goto('/settings/notifications');
  const answer = await page.request.post('/api/push/subscriptions', {
    headers: { origin: new URL(page.url()).origin },
    data: {
      endpoint: 'https://push.example.com/for-the-eye',
      keys: {
        p256dh: createECDH('prime256v1').generateKeys('base64url'),
        auth: randomBytes(16).toString('base64url'),
      },
    },
  });
  expect(answer.status()).toBe(200);
}

/** The notification centre and its settings. */
export const notificationSurfaces: readonly Surface[] = [
  {
    name: 'notifications',
    open: async (page, { saveByOther }: Stage) => {
      await saveByOther();
      await openCentre(page);
      await expect(notices(page).first()).toBeVisible();
    },
  },
  {
    name: 'notifications-all-read',
    open: async (page) => {
      await openCentre(page);
      await expect(page.getByRole('button', { name: 'Unread', exact: true })).toBeVisible();
      const all = page.getByRole('button', { name: 'Mark all as read' });
      if (await all.isVisible()) await all.click();
      await page.getByRole('button', { name: 'Unread', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'You have read everything' })).toBeVisible();
    },
  },
  {
    name: 'notification-settings',
    open: async (page, { quiet }) => {
      await addDevice(page);
      const origin = new URL(page.url()).origin;
      await page.request.put(`/api/documents/${quiet}/notification-rule`, {
        headers: { origin },
        data: { level: 'watch' },
      });
      await page.request.put('/api/notifications/settings', {
        headers: { origin },
        data: { quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' } },
      });
      await page.goto('/settings/notifications');
      await expect(page.getByRole('list', { name: 'Devices' }).getByRole('listitem')).toHaveCount(1);
      await expect(page.getByLabel('Time zone')).toBeVisible();
      await expect(page.getByRole('list', { name: 'Documents with a rule of their own' })).toBeVisible();
      await page.request.put('/api/notifications/settings', {
        headers: { origin },
        data: { quietHours: null },
      });
    },
  },
  {
    name: 'dashboard-watched',
    open: async (page) => {
      await openDashboard(page);
      await page.getByRole('button', { name: /^Watched/ }).click();
      await expect(page.getByRole('article')).toHaveCount(1);
    },
  },
];
