/**
 * How a gateway's change is written as a field of a workspace's entries: "d", gateway, document and
 * user, or "c", gateway and user, joined by line feeds, which no id contains.
 */
export function encodeChange(change) {
  const { gatewayId, userId } = change;
  if (change.kind === 'connection') {
    return [`c\n${gatewayId}\n${userId}`, change.user && JSON.stringify(change.user)];
  }
  return [`d\n${gatewayId}\n${change.documentId}\n${userId}`, change.entry && JSON.stringify(change.entry)];
}
/** The change that a field and its value stand for. */
export function decodeChange(field, value) {
  const [kind, gatewayId = '', ...ids] = field.split('\n');
  if (kind === 'c') {
    const [userId = ''] = ids;
    return {
      kind: 'connection',
      gatewayId,
      userId,
      user: value === null ? null : JSON.parse(value),
    };
  }
  const [documentId = '', userId = ''] = ids;
  const entry = value === null ? null : JSON.parse(value);
  return { kind: 'document', gatewayId, documentId, userId, entry };
}
//# sourceMappingURL=fields.js.map
