import type { Costs } from './costs.js';

/**
 * The costs that `docs/scaling.md` is computed from. Those of the case `simulation` stand in its last row, `costs`;
 * where one of the others says more than one cost, it is told here how it is taken.
 */
export const RECORDED: Costs = {
  changesASecond: 0.033,
  visibleASecond: 0.028,
  opensASecond: 0.005,
  dashboardShare: 0.29,
  frameHeadBytes: 200,
  documentBytes: 600,
  othersASecond: 0.1,
  otherBytes: 700,
  // The server's core over the changes, at 5,000 a second: with it the frames of the filtered dashboards.
  ownChangeUs: 147,
  followedChangeUs: 30,
  frameUs: 13.6,
  // 4.57 % of a core for 10,000 sockets.
  idleSocketUs: 4.57,
  connectUs: 645,
  comeBackS: 5.91,
  checkUs: 25,
  redisCheckUs: 12,
  redisWriteUs: 20,
  redisDeliveryUs: 2,
  deliveryBytes: 450,
  redisPersonBytes: 1_200,
  gatewayBytes: 200e6,
  socketBytes: 26_000,
  ownPersonBytes: 2_000,
  followedPersonBytes: 1_500,
  loadPersonUs: 10,
  saveUs: 1_000,
  tailUs: 300,
};
