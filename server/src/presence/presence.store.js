/** A gateway renews its lease this often, in milliseconds. */
export const RENEW_EVERY_MS = 2_000;
/** A gateway that has not renewed its lease for this long, in milliseconds, is taken for dead. */
export const LEASE_MS = 6_000;
/** Injects the `PresenceStore`. */
export const PRESENCE_STORE = Symbol('presence store');
//# sourceMappingURL=presence.store.js.map
