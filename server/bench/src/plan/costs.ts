/** What things cost, as measured: one core each, in µs where nothing else is said. */
export interface Costs {
  /** Changes that a person makes a second, of whatever kind; those that others see; `simulation`. */
  readonly changesASecond: number;
  readonly visibleASecond: number;
  /** Share of people who look at a dashboard at any time; `simulation`. */
  readonly dashboardShare: number;
  /** Messages a second and person beside frames (documents to who is in them, counters); `simulation`. */
  readonly othersASecond: number;
  readonly otherBytes: number;
  /** A frame without documents, and each document in it, in bytes; `simulation`. */
  readonly frameHeadBytes: number;
  readonly documentBytes: number;
  /** A change of one's own people in a gateway, from its socket to the acknowledgement; `filtered`. */
  readonly ownChangeUs: number;
  /** A change on another gateway, in each that follows the workspace; `simulation`. */
  readonly followedChangeUs: number;
  /** A message to one socket; `fan-out-20`. */
  readonly frameUs: number;
  /** A socket that does nothing, in µs a second; `idle`. */
  readonly idleSocketUs: number;
  /** To connect, authenticate, join and have the snapshot; `connect`. */
  readonly connectUs: number;
  /** Until all are back whose gateway was killed, for clients wait a random time, in seconds; `come-back`. */
  readonly comeBackS: number;
  /** The check of one workspace by one gateway, in the gateway and in Redis; `simulation`. */
  readonly checkUs: number;
  readonly redisCheckUs: number;
  /** A change in Redis, and for each gateway that is told of it; `simulation`. */
  readonly redisWriteUs: number;
  readonly redisDeliveryUs: number;
  /** What Redis sends for a change to each gateway that is told, in bytes; `simulation`. */
  readonly deliveryBytes: number;
  /** What Redis keeps of a person, in bytes; `simulation`. */
  readonly redisPersonBytes: number;
  /** A gateway with nobody, in bytes; each socket; `idle`. */
  readonly gatewayBytes: number;
  readonly socketBytes: number;
  /** What a gateway keeps of a person of its own beside the socket, and of everyone it follows, in bytes; `simulation`. */
  readonly ownPersonBytes: number;
  readonly followedPersonBytes: number;
  /** To load one person of a workspace that is to be followed; `simulation`. */
  readonly loadPersonUs: number;
  /** A save in PostgreSQL, and for each gateway that hears of it; `simulation`. */
  readonly saveUs: number;
  readonly tailUs: number;
  /** Connections of a gateway to PostgreSQL: its pool and the one that listens; `db/src/client.ts`. */
  readonly databaseConnections: number;
}
export const RECORDED = {} as Costs;
