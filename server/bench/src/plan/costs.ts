/**
 * What the plan is computed from: what is measured, in which unit, and by which case of `npm run bench`. Times are
 * CPU time of one core, so a million µs a second are a core.
 */
export const INPUTS = {
  changesASecond: ['Changes of a person, of whatever kind', 'a second', 'simulation'],
  visibleASecond: ['… of which others see something', 'a second', 'simulation'],
  opensASecond: ['… by which they come into a document', 'a second', 'simulation'],
  dashboardShare: ['People who look at a dashboard at any time', 'share', 'simulation'],
  frameHeadBytes: ['A frame to a dashboard, without its documents', 'bytes', 'simulation'],
  documentBytes: ['Each document in it', 'bytes', 'simulation'],
  othersASecond: ['Other messages to a person (their document, the counter)', 'a second', 'simulation'],
  otherBytes: ['Each of them', 'bytes', 'simulation'],
  ownChangeUs: ['A change, from its socket to the acknowledgement', 'µs of a gateway', 'filtered'],
  followedChangeUs: ["A change of another gateway's people", 'µs of each that follows', 'simulation'],
  frameUs: ['A message to one socket', 'µs of a gateway', 'fan-out-20'],
  idleSocketUs: ['A socket that does nothing', 'µs of a gateway and second', 'idle'],
  connectUs: ['To connect, authenticate, join, have the snapshot', 'µs of a gateway', 'connect'],
  comeBackS: ['Clients of a killed gateway come back within', 'seconds', 'come-back'],
  checkUs: ['The check of a workspace by a gateway', 'µs of the gateway', 'simulation'],
  redisCheckUs: ['… and in Redis', 'µs of Redis', 'simulation'],
  redisWriteUs: ['A change in Redis', 'µs of Redis', 'simulation'],
  redisDeliveryUs: ['… and for each gateway that is told', 'µs of Redis', 'simulation'],
  deliveryBytes: ['… to each of which Redis sends', 'bytes', 'simulation'],
  redisPersonBytes: ['A person in Redis', 'bytes', 'simulation'],
  gatewayBytes: ['A gateway with nobody', 'bytes', 'idle'],
  socketBytes: ['A socket', 'bytes of a gateway', 'idle'],
  ownPersonBytes: ["One of a gateway's own people, beside the socket", 'bytes of a gateway', 'simulation'],
  followedPersonBytes: ['A person of a workspace that it follows', 'bytes of a gateway', 'simulation'],
  loadPersonUs: ['… whom it has to load', 'µs of a gateway', 'simulation'],
  saveUs: ['A save, with its revision, event and jobs', 'µs of PostgreSQL', 'simulation'],
  tailUs: ['… and for each gateway that reads the event log', 'µs of PostgreSQL', 'simulation'],
} as const satisfies Record<string, readonly [what: string, unit: string, source: string]>;

export type Costs = Readonly<Record<keyof typeof INPUTS, number>>;
