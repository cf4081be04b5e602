import type { imageTypes } from '@doclight/protocol';

/** A media type that an image may have. */
export type ImageType = (typeof imageTypes)[number];

/**
 * What kind of image a file is by its first bytes, whatever it claims to be; null: none that is taken.
 * @see https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
 */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif';
  if (head.startsWith('RIFF') && head.slice(8, 14) === 'WEBPVP') return 'image/webp';
  return null;
}
