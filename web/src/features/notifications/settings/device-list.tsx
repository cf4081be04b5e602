'use client';

import type { PushDevice } from '@doclight/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { Smartphone } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TimeAgo } from '@/components/ui/time-ago';
import { hasCode, messageOf } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { turnOff } from '@/lib/notifications/device';
import { useSession } from '@/lib/session/session';
import { DeviceDeliveries } from './device-deliveries';
import { reasonWords } from './device-words';
import { useDevices, useThisDevice } from './use-devices';

/** Every device that notices are pushed to. */
export function DeviceList(): ReactElement {
  const { user } = useSession();
  const here = useThisDevice(user.id);
  const devices = useDevices();
  if (devices.isError && !devices.data)
    return (
      <Notice tone="error">
        {messageOf(devices.error)}{' '}
        <button type="button" className="font-medium underline" onClick={() => void devices.refetch()}>
          Try again
        </button>
      </Notice>
    );
  if (!devices.data) return <div className="skeleton h-18 rounded-lg" />;
  if (devices.data.length === 0)
    return (
      <p className="text-[13px] text-muted">None yet. Turn them on above, on each device that you use.</p>
    );
  return (
    <ul aria-label="Devices" className="divide-y divide-line rounded-lg border border-line bg-surface">
      {devices.data.map((device) => (
        <DeviceRow key={device.id} device={device} here={device.id === here?.deviceId} />
      ))}
    </ul>
  );
}

interface DeviceRowProps {
  readonly device: PushDevice;
  /** It is the browser that shows this page. */
  readonly here: boolean;
}

function DeviceRow({ device, here }: DeviceRowProps): ReactElement {
  const queryClient = useQueryClient();
  const { user } = useSession();
  const [busy, setBusy] = useState<'test' | 'remove' | null>(null);
  const [said, setSaid] = useState<{ readonly good: boolean; readonly words: string } | null>(null);
  const [listing, setListing] = useState(false);
  const run = async (what: 'test' | 'remove', work: () => Promise<void>): Promise<void> => {
    setBusy(what);
    setSaid(null);
    try {
      await work();
    } catch (error) {
      setSaid({ good: false, words: messageOf(error) });
    }
    await queryClient.invalidateQueries({ queryKey: queryKeys.pushDevices });
    setBusy(null);
  };
  const params = { subscriptionId: device.id };
  const test = async (): Promise<void> => {
    const { delivered, reason } = await request('POST /api/push/subscriptions/:subscriptionId/test', {
      params,
    });
    setSaid(
      delivered
        ? { good: true, words: 'Sent: it should show on that device in a moment.' }
        : { good: false, words: `Not sent: ${reasonWords(reason)}.` },
    );
  };
  const remove = async (): Promise<void> => {
    if (here) return turnOff(user.id);
    await request('DELETE /api/push/subscriptions/:subscriptionId', { params }).catch((error: unknown) => {
      // It is gone, which was the wish.
      if (!hasCode(error, 'NOT_FOUND')) throw error;
    });
  };
  return (
    <li className="px-4 py-3">
      <div className="flex gap-3 max-sm:flex-col sm:items-center">
        <div className="flex min-w-0 flex-1 items-center gap-3">
          <Smartphone aria-hidden="true" className="size-4 shrink-0 text-muted" />
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-x-2 text-sm font-medium">
              <span className="truncate">{device.label}</span>
              {here ? (
                <span className="rounded-full bg-accent-soft px-2 text-xs leading-5 font-medium text-fg">
                  This device
                </span>
              ) : null}
            </div>
            <p className="text-xs text-muted">
              <DeviceHistory device={device} />
            </p>
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-1 max-sm:-ml-2.5">
          <Button
            size="sm"
            tone="quiet"
            aria-expanded={listing}
            aria-label={`What was sent to ${device.label}`}
            onClick={() => setListing(!listing)}
          >
            What was sent
          </Button>
          <Button
            size="sm"
            tone="quiet"
            disabled={busy !== null}
            aria-label={`Send a test to ${device.label}`}
            onClick={() => void run('test', test)}
          >
            {busy === 'test' ? 'Sending …' : 'Send a test'}
          </Button>
          <Button
            size="sm"
            tone="quiet"
            className="text-danger hover:text-danger"
            disabled={busy !== null}
            aria-label={`Remove ${device.label}`}
            onClick={() => void run('remove', remove)}
          >
            Remove
          </Button>
        </div>
      </div>
      {said ? (
        <Notice tone={said.good ? 'info' : 'error'} className="mt-2">
          {said.words}
        </Notice>
      ) : null}
      {listing ? <DeviceDeliveries deviceId={device.id} /> : null}
    </li>
  );
}

function DeviceHistory({ device }: { readonly device: PushDevice }): ReactElement {
  const { createdAt, lastSuccessAt, lastFailureAt, lastFailure } = device;
  const failedLast = lastFailureAt !== null && (lastSuccessAt === null || lastFailureAt > lastSuccessAt);
  if (failedLast)
    return (
      <span className="text-danger">
        Failed <TimeAgo moment={lastFailureAt} />: {reasonWords(lastFailure)}
      </span>
    );
  if (lastSuccessAt !== null)
    return (
      <>
        Last notified <TimeAgo moment={lastSuccessAt} />
      </>
    );
  return (
    <>
      Added <TimeAgo moment={createdAt} /> · nothing was sent yet
    </>
  );
}
