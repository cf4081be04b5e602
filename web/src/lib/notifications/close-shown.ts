/** Closes what is shown of notices that were read, wherever that was; null: of all. */
export async function closeShown(notificationIds: readonly string[] | null): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  for (const shown of (await registration?.getNotifications()) ?? []) {
    const { notificationId } = (shown.data ?? {}) as { notificationId?: string | null };
    const read = notificationId && (notificationIds === null || notificationIds.includes(notificationId));
    if (read) shown.close();
  }
}
