/** Where a person says what they want to hear of, and on which devices. */
export const notificationSettingsPath: string = '/settings/notifications';
