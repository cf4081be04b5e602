import type { Registry } from 'prom-client';
import type { PresenceService } from '../presence/presence.service.js';
import type { PresenceFeedService } from '../presence/presence-feed.service.js';
import { counter, gauge, histogram } from './collectors.js';

/** Metrics of presence: what comes in from the store, and what goes out to this gateway's dashboards. */
export function registerPresenceMetrics(
  registry: Registry,
  presence: PresenceService,
  feed: PresenceFeedService,
): void {
  const { stats } = feed;
  gauge(registry, 'doclight_dashboards', 'Dashboards that this gateway sends frames to.', () => {
    return feed.now().dashboards;
  });
  gauge(
    registry,
    'doclight_documents_occupied',
    'Documents that somebody reads or edits, on any gateway, in the workspaces of people connected here.',
    () => {
      const { reading, editing } = feed.now();
      return [
        [{ status: 'read' }, reading],
        [{ status: 'edit' }, editing],
      ];
    },
    ['status'],
  );
  counter(
    registry,
    'doclight_presence_changes_total',
    'Changes of documents that this gateway took in from the store, its own and those of others.',
    () => stats.changes,
  );
  counter(
    registry,
    'doclight_presence_frames_total',
    'Frames made for dashboards; one that all dashboards of a workspace share counts once.',
    () => stats.frames,
  );
  counter(
    registry,
    'doclight_presence_frame_deliveries_total',
    'Frames times the dashboards each was sent to.',
    () => stats.frameDeliveries,
  );
  counter(
    registry,
    'doclight_presence_change_deliveries_total',
    'Changes times the dashboards that were told of each.',
    () => stats.changeDeliveries,
  );
  gauge(
    registry,
    'doclight_presence_coalescing_ratio',
    'Changes a frame told of, on average since the start; 1 where none was folded, 0 where none was sent.',
    () => (stats.frameDeliveries === 0 ? 0 : stats.changeDeliveries / stats.frameDeliveries),
  );
  histogram(
    registry,
    'doclight_presence_frame_delay_seconds',
    "From a change's arrival at this gateway (the first of a window) to its frames being handed to the sockets.",
    stats.frameDelays,
  );
  histogram(
    registry,
    'doclight_presence_store_seconds',
    'From telling the store of an event to seeing it as everybody does; with the frame delay, the whole way.',
    presence.storeDelays,
  );
  gauge(
    registry,
    'doclight_presence_store_up',
    '1 where presence is shared with all gateways, 0 while this one goes on alone without Redis.',
    () => (presence.fault() === null ? 1 : 0),
  );
  counter(
    registry,
    'doclight_presence_gateways_reaped_total',
    'Gateways without a lease (dead, or stopped) that this one removed.',
    () => presence.reaped.gateways,
  );
  counter(
    registry,
    'doclight_presence_ghosts_reaped_total',
    'Entries that those had left: a person being connected, or being in a document.',
    () => presence.reaped.entries,
  );
}
