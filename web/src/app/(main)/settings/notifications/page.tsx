import type { ReactElement } from 'react';
import { NotificationSettingsPage } from '@/features/notifications/settings/settings-page';

export default function NotificationsPage(): ReactElement {
  return <NotificationSettingsPage />;
}
