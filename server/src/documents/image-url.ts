/** Where an image is served, or null for no image. */
export function imageUrlOf(imageId: string | null): string | null {
  return imageId === null ? null : `/api/images/${imageId}`;
}
