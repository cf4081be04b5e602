import sharp, { type Sharp } from 'sharp';

/** Formats that an image may have. */
export type Format = 'png' | 'jpeg' | 'webp' | 'gif';

export const formats: readonly Format[] = ['png', 'jpeg', 'webp', 'gif'];

/** What cameras and programs write into pictures, to be looked for in every byte of what is stored. */
export const SECRET = 'Nibbler lives here';

/** A picture of so many pixels: red on the left, blue on the right. */
export function picture(width = 60, height = 40): Sharp {
  const half = { width: Math.ceil(width / 2), height, channels: 3, background: 'red' } as const;
  return sharp({ create: { width, height, channels: 3, background: 'blue' } }).composite([
    { input: { create: half }, left: 0, top: 0 },
  ]);
}

/** The bytes of a picture. */
export async function pictureBytes(format: Format, width?: number, height?: number): Promise<Uint8Array> {
  return new Uint8Array(await picture(width, height).toFormat(format).toBuffer());
}

/** A photograph as telephones take it: on its side, with the place where it was taken. */
export async function photograph(format: 'jpeg' | 'webp' | 'png' = 'jpeg'): Promise<Uint8Array> {
  const bytes = await picture(60, 40)
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Copyright: SECRET, Software: SECRET },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100', GPSLongitude: '0/1 7/1 4366/100' },
    })
    .toFormat(format, { quality: 95 })
    .toBuffer();
  return new Uint8Array(bytes);
}

/** A red frame and a blue one, each shown for its own time, in milliseconds. */
export async function animation(format: 'gif' | 'webp', size = 60): Promise<Uint8Array> {
  const frames = await Promise.all(
    ['red', 'blue'].map((background) =>
      sharp({ create: { width: size, height: size, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const animated = sharp(frames, { join: { animated: true } });
  return new Uint8Array(await animated.toFormat(format, { delay: [100, 300], loop: 3 }).toBuffer());
}

/** The colour of one pixel: `red`, `blue` or something else. */
export async function colourAt(bytes: Uint8Array, left: number, top: number): Promise<string> {
  const [red = 0, green = 0, blue = 0] = await sharp(bytes)
    .extract({ left, top, width: 1, height: 1 })
    .removeAlpha()
    .raw()
    .toBuffer();
  if (red > 200 && green < 60 && blue < 60) return 'red';
  if (blue > 200 && green < 60 && red < 60) return 'blue';
  return `${red} ${green} ${blue}`;
}
