import type { Thumbnail, ThumbnailsMade } from '@doclight/protocol';
import { createStore, type Store } from '../store';

/** More than anybody sees made before their lists are loaded anew. */
const REMEMBER = 500;

/**
 * Small pictures that this tab was told of, by the address of their image. A summary that was fetched
 * before they were made lacks them, also one that is still on its way: this does not.
 */
export const madeThumbnails: Store<ReadonlyMap<string, readonly Thumbnail[]>> = createStore<
  ReadonlyMap<string, readonly Thumbnail[]>
>(new Map());

/** Takes note of what the server tells. */
export function rememberThumbnails({ imageUrl, thumbnails }: ThumbnailsMade): void {
  madeThumbnails.update((all) => new Map([...all, [imageUrl, thumbnails] as const].slice(-REMEMBER)));
}
