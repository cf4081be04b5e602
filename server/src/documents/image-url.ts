import type { Thumbnail } from '@doclight/protocol';

/** Where an image is served, or null for no image. */
export function imageUrlOf(imageId: string): string;
export function imageUrlOf(imageId: string | null): string | null;
export function imageUrlOf(imageId: string | null): string | null {
  return imageId === null ? null : `/api/images/${imageId}`;
}

/** Where an image is served in small. @param widths narrowest first */
export function thumbnailsOf(imageId: string | null, widths: readonly number[]): Thumbnail[] {
  if (imageId === null) return [];
  return widths.map((width) => ({ url: `/api/images/${imageId}/thumbnails/${width}`, width }));
}
