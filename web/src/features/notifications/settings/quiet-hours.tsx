'use client';

import type { NotificationSettings } from '@doclight/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Switch } from '@/components/ui/switch';
import { messageOf } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';
import { request } from '@/lib/api/request';
import { settingsQuery } from '@/lib/notifications/rules';
import { SelectField } from './select-field';
import { homeTimeZone, timeZoneOptions } from './time-zones';

type Hours = NonNullable<NotificationSettings['quietHours']>;

/** When nothing may disturb. */
export function QuietHours(): ReactElement {
  const settings = useQuery({ ...settingsQuery, staleTime: 0 });
  if (settings.isError && !settings.data)
    return (
      <Notice tone="error">
        {messageOf(settings.error)}
        <div className="mt-2">
          <Button size="sm" onClick={() => void settings.refetch()}>
            Try again
          </Button>
        </div>
      </Notice>
    );
  if (!settings.data) return <div className="skeleton h-16 rounded-lg" />;
  return <QuietHoursForm saved={settings.data.quietHours} />;
}

function QuietHoursForm({ saved }: { readonly saved: Hours | null }): ReactElement {
  const queryClient = useQueryClient();
  const [hours, setHours] = useState<Hours | null>(saved);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const save = async (next: Hours | null): Promise<void> => {
    setHours(next);
    setDone(false);
    const fault = faultOf(next);
    setError(fault);
    if (fault !== null) return;
    try {
      const answer = await request('PUT /api/notifications/settings', { body: { quietHours: next } });
      queryClient.setQueryData(queryKeys.notificationSettings, answer);
      setDone(true);
    } catch (failure) {
      setError(messageOf(failure));
    }
  };
  return (
    <div className="rounded-lg border border-line bg-surface px-4 py-1">
      <Switch
        label="Quiet hours"
        hint="Notifications wait in the bell; nothing is pushed or shown on the desktop."
        checked={hours !== null}
        onChange={(on) => void save(on ? { from: '22:00', to: '07:00', timeZone: homeTimeZone() } : null)}
      />
      {hours ? (
        <div className="grid grid-cols-2 gap-3 border-t border-line py-3 sm:grid-cols-[auto_auto_1fr]">
          <Field
            label="From"
            type="time"
            value={hours.from}
            onChange={(event) => void save({ ...hours, from: event.currentTarget.value })}
          />
          <Field
            label="To"
            type="time"
            value={hours.to}
            onChange={(event) => void save({ ...hours, to: event.currentTarget.value })}
          />
          <SelectField
            label="Time zone"
            value={hours.timeZone}
            options={timeZoneOptions(hours.timeZone)}
            onChange={(timeZone) => void save({ ...hours, timeZone })}
            className="max-sm:col-span-2"
          />
        </div>
      ) : null}
      {error ? (
        <Notice tone="error" className="mb-3">
          {error}
        </Notice>
      ) : null}
      <p role="status" className="text-xs text-muted not-empty:pb-3">
        {done && !error ? (hours ? `Saved: ${spanWords(hours)}.` : 'Saved: no quiet hours.') : ''}
      </p>
    </div>
  );
}

function faultOf(hours: Hours | null): string | null {
  if (hours === null) return null;
  if (hours.from === '' || hours.to === '') return 'Give both times.';
  return hours.from === hours.to ? 'They must not begin and end at the same time.' : null;
}

function spanWords({ from, to }: Hours): string {
  return to < from ? `from ${from} until ${to} the next day` : `from ${from} until ${to}`;
}
