/**
 * Finds gateways that hold something in a workspace and have no lease that could lapse. A gateway takes
 * its lease first; but where Redis is emptied in between, and the gateway dies before it notices, what
 * it wrote last belongs to nobody.
 */
export class Orphans {
  patienceMs;
  /** By workspace and gateway id: since when it has been seen without a lease. */
  since = new Map();
  /** @param patienceMs how long somebody without a lease is given to take one */
  constructor(patienceMs) {
    this.patienceMs = patienceMs;
  }
  /**
   * Call it regularly, with all that there is.
   * @param holders the gateways that may hold something, by workspace id
   * @param leased the gateways that had a lease a moment before
   * @param now in milliseconds
   * @returns those that have been without a lease for too long
   */
  find(holders, leased, now) {
    const seen = new Map();
    const found = [];
    for (const [workspaceId, gatewayIds] of holders) {
      for (const gatewayId of gatewayIds) {
        if (leased.has(gatewayId)) continue;
        const key = `${workspaceId}\n${gatewayId}`;
        const since = this.since.get(key) ?? now;
        seen.set(key, since);
        if (now - since >= this.patienceMs) found.push({ workspaceId, gatewayId });
      }
    }
    this.since = seen;
    return found;
  }
}
//# sourceMappingURL=orphans.js.map
