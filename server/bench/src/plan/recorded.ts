import type { Costs } from './costs.js';

/**
 * The costs that `docs/scaling.md` is computed from. Those of the case `simulation` stand in its last row, `costs`;
 * where one of the others says more than one cost, it is told here how it is taken.
 */
export const RECORDED: Costs = {
  changesASecond: 0.0336,
  visibleASecond: 0.0246,
  opensASecond: 0.0045,
  dashboardShare: 0.289,
  frameHeadBytes: 182,
  documentBytes: 567,
  othersASecond: 0.0635,
  otherBytes: 901,
  // The server's core over the changes, at 5,000 a second: with it the frames of the filtered dashboards.
  ownChangeUs: 147,
  followedChangeUs: 20.7,
  frameUs: 13.6,
  // 4.57 % of a core for 10,000 sockets.
  idleSocketUs: 4.57,
  connectUs: 645,
  comeBackS: 5.91,
  checkUs: 27.7,
  redisCheckUs: 10.8,
  redisWriteUs: 24.1,
  redisDeliveryUs: 1.36,
  deliveryBytes: 399,
  redisPersonBytes: 563,
  // A server that was just started, with pages and all; of the order of it.
  gatewayBytes: 200e6,
  // 25.4 KB each.
  socketBytes: 26_000,
  ownPersonBytes: 3_750,
  followedPersonBytes: 1_640,
  loadPersonUs: 15.3,
  saveUs: 7_440,
  tailUs: 453,
};
