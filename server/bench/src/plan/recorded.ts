import type { Costs } from './costs.js';

/**
 * The costs that `docs/scaling.md` is computed from. Those of the case `simulation` stand in its last row, `costs`;
 * where one of the others says more than one cost, it is told here how it is taken.
 */
export const RECORDED: Costs = {
  changesASecond: 0.0339,
  visibleASecond: 0.0248,
  opensASecond: 0.00452,
  dashboardShare: 0.288,
  frameHeadBytes: 182,
  documentBytes: 574,
  othersASecond: 0.0574,
  otherBytes: 771,
  // The server's core over the changes, at 5,000 a second: with it the frames of the filtered dashboards.
  ownChangeUs: 133,
  followedChangeUs: 25.3,
  frameUs: 10.4,
  // 4.47 % of a core for 10,000 sockets.
  idleSocketUs: 4.47,
  connectUs: 552,
  comeBackS: 4.21,
  checkUs: 25.4,
  redisCheckUs: 9.38,
  redisWriteUs: 14.6,
  redisDeliveryUs: 3.97,
  deliveryBytes: 423,
  redisPersonBytes: 564,
  // A server that was just started, with pages and all; of the order of it.
  gatewayBytes: 200e6,
  // 19.9 KiB each.
  socketBytes: 20_400,
  ownPersonBytes: 2_980,
  followedPersonBytes: 1_750,
  loadPersonUs: 13.6,
  saveUs: 6_110,
  tailUs: 541,
};
