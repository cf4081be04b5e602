import type { User } from '@doclight/protocol';
import type { Entry, GatewayChange, Reach } from '../core/presence-types.js';

/**
 * How a gateway's change is written as a field of a workspace's entries: "d", gateway, document and
 * user, or "c", gateway and user, joined by line feeds, which no id contains.
 */
export function encodeChange(change: GatewayChange): readonly [field: string, value: string | null] {
  const { gatewayId, userId } = change;
  if (change.kind === 'connection') {
    const { user, reach } = change;
    return [`c\n${gatewayId}\n${userId}`, user && JSON.stringify({ ...user, ...(reach ? { reach } : {}) })];
  }
  return [`d\n${gatewayId}\n${change.documentId}\n${userId}`, change.entry && JSON.stringify(change.entry)];
}

/** The change that a field and its value stand for. */
export function decodeChange(field: string, value: string | null): GatewayChange {
  const [kind, gatewayId = '', ...ids] = field.split('\n');
  if (kind === 'c') {
    const [userId = ''] = ids;
    if (value === null) return { kind: 'connection', gatewayId, userId, user: null };
    const { reach, ...user } = JSON.parse(value) as User & { reach?: Reach };
    return { kind: 'connection', gatewayId, userId, user, ...(reach ? { reach } : {}) };
  }
  const [documentId = '', userId = ''] = ids;
  const entry = value === null ? null : (JSON.parse(value) as Entry);
  return { kind: 'document', gatewayId, documentId, userId, entry };
}
