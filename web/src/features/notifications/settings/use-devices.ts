import type { PushDevice } from '@doclight/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { deviceChanges, readChoice } from '@/lib/notifications/choice';
import { type DeviceMarker, readMarker } from '@/lib/notifications/marker';
import { type DeviceSupport, mayNotify, readEnvironment, supportOf } from '@/lib/notifications/support';
import { useStore } from '@/lib/store';

/** What is known of notifications on this device; null until the browser was looked at. */
export interface ThisDevice {
  readonly support: DeviceSupport;
  /** Pages may notify: allowed, and not turned off here. */
  readonly pages: boolean;
  /** As which device the browser is subscribed; null: it is not. */
  readonly deviceId: string | null;
}

/** Looks at the browser, again after each change. */
export function useThisDevice(userId: string): ThisDevice | null {
  const changes = useStore(deviceChanges, (count) => count);
  const [state, setState] = useState<ThisDevice | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the browser is looked at again after each change.
  useEffect(() => {
    let current = true;
    const look = (marker: DeviceMarker | null): void => {
      if (!current) return;
      setState({
        support: supportOf(readEnvironment()),
        pages: mayNotify() && readChoice(userId) !== 'off',
        deviceId: marker?.userId === userId ? marker.deviceId : null,
      });
    };
    void readMarker().then(look);
    return () => {
      current = false;
    };
  }, [userId, changes]);
  return state;
}

/** The devices that notices are pushed to. */
export function useDevices() {
  const queryClient = useQueryClient();
  const changes = useStore(deviceChanges, (count) => count);
  // biome-ignore lint/correctness/useExhaustiveDependencies: this device may have come or gone.
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: queryKeys.pushDevices });
  }, [queryClient, changes]);
  return useQuery({
    queryKey: queryKeys.pushDevices,
    queryFn: async (): Promise<readonly PushDevice[]> =>
      (await request('GET /api/push/subscriptions')).devices,
    refetchOnWindowFocus: true,
  });
}
