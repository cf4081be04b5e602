import type { DeviceChoice } from './choice';
import type { DeviceMarker } from './marker';

/** What is found when the app starts, or somebody has signed in. */
export interface DeviceState {
  readonly userId: string;
  readonly choice: DeviceChoice;
  /** What was written down when the browser was subscribed. */
  readonly marker: DeviceMarker | null;
  /** The browser has a subscription. */
  readonly subscribed: boolean;
  /** It was made with the key that the server has now. */
  readonly keyFits: boolean;
  /** The server lists the device that was written down. */
  readonly known: boolean;
  /** The session has just begun: what belonged to the one before is gone from the server. */
  readonly signedIn: boolean;
}

/**
 * What to do about it. `renew`: tell the server of the subscription (again). `resubscribe`: make a new one.
 * `drop`: end it. `revoked`: end it and keep it so, because the person removed this device on another one.
 */
export type HealPlan = 'nothing' | 'renew' | 'resubscribe' | 'drop' | 'revoked';

/** Brings the browser, the server and what the person chose back together. */
export function healPlan(state: DeviceState): HealPlan {
  const { userId, choice, marker, subscribed } = state;
  if (choice === 'off') return subscribed ? 'drop' : 'nothing';
  // Of somebody else who used this computer: what was meant for them must not come here.
  if (subscribed && marker && marker.userId !== userId) return choice === 'on' ? 'resubscribe' : 'drop';
  if (!subscribed) return choice === 'on' ? 'resubscribe' : 'nothing';
  if (marker && !state.known && !state.signedIn) return 'revoked';
  return state.keyFits ? 'renew' : 'resubscribe';
}
