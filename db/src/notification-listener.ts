/** Where a notification goes. */
export interface NotificationListener {
  /** Called for every NOTIFY on `channel` with its payload. */
  onNotification(channel: string, payload: string): void;
  /** Called whenever listening begins, also after an outage: what was sent before was not heard. */
  onListening(): void;
  /** Called when the connection is lost, and for each attempt to get it back that failed. */
  onLost(error: Error): void;
}
