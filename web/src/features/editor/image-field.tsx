'use client';

import { ImagePlus, Trash2 } from 'lucide-react';
import { type ReactElement, useRef, useState } from 'react';
import { toast } from '@/components/toast/toast';
import { Button } from '@/components/ui/button';
import { hasCode, messageOf } from '@/lib/api/api-error';

/** What the server takes; the file dialog offers nothing else. */
const ACCEPT = 'image/png,image/jpeg,image/webp,image/gif';

interface ImageFieldProps {
  readonly imageUrl: string | null;
  readonly onChange: (image: Blob | null) => Promise<void>;
}

/** The document's image: added, replaced or taken away at once, as a revision of its own. */
export function ImageField({ imageUrl, onChange }: ImageFieldProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const change = async (image: Blob | null): Promise<void> => {
    setBusy(true);
    try {
      await onChange(image);
    } catch (error) {
      toast.error(
        hasCode(error, 'REVISION_CONFLICT')
          ? 'Somebody else changed the document meanwhile. The image was not changed: try again.'
          : messageOf(error),
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="mb-4">
      {imageUrl ? (
        // biome-ignore lint/performance/noImgElement: images are ours, already small, and served as they are.
        <img
          src={imageUrl}
          alt=""
          className="mb-2 aspect-[3/1] w-full rounded-lg border border-line object-cover"
        />
      ) : null}
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) void change(file);
        }}
      />
      <div className="-ml-2.5 flex gap-1">
        <Button tone="quiet" size="sm" aria-disabled={busy} onClick={() => input.current?.click()}>
          <ImagePlus aria-hidden="true" />
          {imageUrl ? 'Replace image' : 'Add image'}
        </Button>
        {imageUrl ? (
          <Button tone="quiet" size="sm" aria-disabled={busy} onClick={() => void change(null)}>
            <Trash2 aria-hidden="true" />
            Remove image
          </Button>
        ) : null}
      </div>
    </div>
  );
}
