import pLimit from 'p-limit';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { ProblemError } from '../common/problem.js';
import { type ImageType, imageTypeOf } from './image-type.js';

/** Widths of the small pictures, in pixels: a card on the dashboard, and one on a display of twice the density. */
const THUMBNAIL_WIDTHS = [480, 960];
/** Tall images are cut: a card shows a strip of them. */
const TALLEST = 2;
const LONGEST_SECONDS = 30;

// A picture is hardly ever read twice, and the cores are for answers as well.
sharp.cache(false);
sharp.concurrency(1);
/** Decoded pictures are large: what people send at the same time waits in line. */
const decoding = pLimit(2);

/** A picture as it is stored. */
export interface Picture {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A picture in small. */
export interface SmallPicture extends Picture {
  /** In pixels. */
  readonly width: number;
}

/**
 * Reads an image that somebody sent, to the last pixel, and writes it anew: upright, in sRGB, and with
 * nothing in it but the picture. What cameras and programs add (place, time, names, earlier versions of the
 * picture, bytes behind its end) is gone, whatever form it has.
 * @param mostPixels of all frames together
 * @throws ProblemError INVALID_IMAGE
 */
export async function cleanImage(bytes: Uint8Array, mostPixels: number): Promise<Picture> {
  const type = imageTypeOf(bytes);
  if (type === null) {
    throw new ProblemError('INVALID_IMAGE', 'This file is not a PNG, JPEG, WebP or GIF image.');
  }
  return decoding(async () => {
    // The header alone: nothing is decoded yet.
    const metadata = await readable(() => sharp(bytes, { limitInputPixels: false }).metadata());
    const { width, height, pages = 1 } = metadata;
    if (width * height * pages > mostPixels) throw tooManyPixels(metadata, mostPixels);
    const animated = pages > 1;
    const image = sharp(bytes, { animated, limitInputPixels: false });
    // Frames cannot be turned, and no camera makes any.
    const upright = animated ? image : image.autoOrient();
    const encoded = encode(upright.timeout({ seconds: LONGEST_SECONDS }), type, metadata, bytes);
    return { contentType: type, bytes: await readable(() => encoded.toBuffer()) };
  });
}

/**
 * Makes the small pictures of an image, as WebP, of an animated one from its first frame. None is wider
 * than the image.
 * @throws Error where it cannot be read
 */
export async function makeThumbnails(bytes: Uint8Array): Promise<SmallPicture[]> {
  const { autoOrient: natural } = await sharp(bytes, { limitInputPixels: false }).metadata();
  const small: SmallPicture[] = [];
  for (const width of widthsFor(natural.width)) {
    const height = Math.max(1, Math.round((natural.height * width) / natural.width));
    const made = await sharp(bytes, { limitInputPixels: false })
      .timeout({ seconds: LONGEST_SECONDS })
      .autoOrient()
      .resize({ width, height: Math.min(height, width * TALLEST), fit: 'cover' })
      .webp({ quality: 80 })
      .toBuffer();
    small.push({ width, contentType: 'image/webp', bytes: made });
  }
  return small;
}

/** The usual widths below that of the image, and its own where it is not wider than all of them. */
export function widthsFor(natural: number): number[] {
  const narrower = THUMBNAIL_WIDTHS.filter((width) => width < natural);
  return narrower.length < THUMBNAIL_WIDTHS.length ? [...narrower, natural] : narrower;
}

/** In the format it came in, without a loss that one could see. */
function encode(image: Sharp, type: ImageType, metadata: Metadata, bytes: Uint8Array): Sharp {
  switch (type) {
    case 'image/jpeg': {
      const chromaSubsampling = metadata.chromaSubsampling === '4:4:4' ? '4:4:4' : '4:2:0';
      return image.jpeg({ quality: 90, chromaSubsampling, progressive: metadata.isProgressive ?? false });
    }
    case 'image/png':
      return image.png();
    case 'image/webp':
      return image.webp(isLossless(bytes) ? { lossless: true } : { quality: 90 });
    case 'image/gif':
      return image.gif();
  }
}

/** The chunk of a lossless picture lies behind the header, or behind a colour profile. */
function isLossless(webp: Uint8Array): boolean {
  return Buffer.from(webp.buffer, webp.byteOffset, Math.min(webp.byteLength, 8_192)).includes('VP8L');
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch {
    throw new ProblemError(
      'INVALID_IMAGE',
      'This image cannot be read: it is cut off or broken. Save it anew in an image program, and send that.',
    );
  }
}

function tooManyPixels({ width, height, pages = 1 }: Metadata, most: number): ProblemError {
  const frames = pages > 1 ? ` in each of ${pages} frames` : '';
  return new ProblemError(
    'INVALID_IMAGE',
    `This image has ${width} x ${height} pixels${frames}; this server takes ${most} in all. Make it smaller.`,
  );
}
