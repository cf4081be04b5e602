import { type FormEvent, useState } from 'react';
import { messageOf } from '@/lib/api/api-error';

interface Submit {
  readonly busy: boolean;
  readonly error: string | null;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/** Runs a form: the fields as strings go to `action`; what it throws is shown. */
export function useSubmit(action: (fields: Record<string, string>) => Promise<void>): Submit {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (busy) return;
    const fields: Record<string, string> = {};
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === 'string') fields[name] = value;
    setBusy(true);
    setError(null);
    action(fields).then(
      // Stays busy: the page is on its way to another one.
      () => undefined,
      (reason: unknown) => {
        setError(messageOf(reason));
        setBusy(false);
      },
    );
  };
  return { busy, error, onSubmit };
}
