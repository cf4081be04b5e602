import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  animation,
  colourAt,
  formats,
  photograph,
  picture,
  pictureBytes,
  SECRET,
} from '../testing/pictures.js';
import { cleanImage, makeThumbnails, widthsFor } from './image-codec.js';

const MOST_PIXELS = 1_000_000;
const clean = (bytes: Uint8Array) => cleanImage(bytes, MOST_PIXELS);
const refused = (bytes: Uint8Array) =>
  expect(clean(bytes)).rejects.toMatchObject({ name: 'ProblemError', code: 'INVALID_IMAGE' });
const joined = (...parts: (Uint8Array | string)[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array))));

describe('cleanImage', () => {
  it.each(formats)('keeps format, size and picture of %s', async (format) => {
    const { contentType, bytes } = await clean(await pictureBytes(format));
    expect(contentType).toBe(`image/${format}`);
    expect(await sharp(bytes).metadata()).toMatchObject({ format, width: 60, height: 40 });
    expect([await colourAt(bytes, 5, 20), await colourAt(bytes, 55, 20)]).toEqual(['red', 'blue']);
  });

  it.each(['jpeg', 'webp', 'png'] as const)(
    'turns a photograph upright and forgets where it was taken: %s',
    async (format) => {
      const taken = await photograph(format);
      const before = await sharp(taken).metadata();
      expect([before.orientation, before.width, before.exif?.includes(SECRET)]).toEqual([6, 60, true]);
      const { bytes } = await clean(taken);
      const { orientation, exif, xmp, icc, iptc, comments, ...rest } = await sharp(bytes).metadata();
      expect([exif, xmp, icc, iptc, comments]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      expect([orientation ?? 1, rest.width, rest.height]).toEqual([1, 40, 60]);
      expect([await colourAt(bytes, 20, 5), await colourAt(bytes, 20, 55)]).toEqual(['red', 'blue']);
      expect(Buffer.from(bytes).includes(SECRET)).toBe(false);
    },
  );

  it('drops what is hidden behind the end, and in comments', async () => {
    const gif = await pictureBytes('gif');
    // A comment extension right before the trailer.
    const comment = joined(gif.subarray(0, -1), `\x21\xfe`, new Uint8Array([SECRET.length]), SECRET, '\0;');
    const xmp = picture().withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>${SECRET}</a></x:xmpmeta>`);
    const files = [
      comment,
      ...(await Promise.all(
        formats.map(async (format) => joined(await pictureBytes(format), `<script>${SECRET}</script>`)),
      )),
      new Uint8Array(await xmp.clone().webp().toBuffer()),
      new Uint8Array(await xmp.clone().jpeg().toBuffer()),
    ];
    for (const file of files) {
      expect(Buffer.from(file).includes(SECRET)).toBe(true);
      expect(Buffer.from((await clean(file)).bytes).includes(SECRET)).toBe(false);
    }
  });

  it('keeps what is see-through, and what was lossless', async () => {
    const noise = sharp({
      create: {
        width: 50,
        height: 50,
        channels: 4,
        background: '#0000',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    });
    const raw = (bytes: Uint8Array) => sharp(bytes).ensureAlpha().raw().toBuffer();
    for (const file of [await noise.png().toBuffer(), await noise.webp({ lossless: true }).toBuffer()]) {
      expect(await raw((await clean(file)).bytes)).toEqual(await raw(file));
    }
  });

  it.each(['gif', 'webp'] as const)('keeps the frames of an animated %s', async (format) => {
    const { bytes } = await clean(await animation(format));
    const metadata = await sharp(bytes, { animated: true }).metadata();
    expect(metadata).toMatchObject({ pages: 2, delay: [100, 300], loop: 3, width: 60, pageHeight: 60 });
  });

  it.each(formats)('refuses %s that is cut off', async (format) => {
    const noise = sharp({
      create: {
        width: 120,
        height: 120,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    });
    const whole = await noise.toFormat(format).toBuffer();
    await clean(whole);
    for (const length of [20, 100, whole.length >> 1]) await refused(whole.subarray(0, length));
  });

  it('refuses what is none, whatever it says', async () => {
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const broken = Buffer.from(png).fill(0x5a, 45, 60);
    const bodies = [
      '',
      'GIF89a',
      'GIF89a rest',
      '\x89PNG\r\n\x1a\n\0\0\0\rIHDR rest',
      '<svg/>',
      '<html>',
      'BM\0\0',
    ];
    for (const body of bodies) await refused(new Uint8Array(Buffer.from(body, 'latin1')));
    await refused(broken);
    await refused(new Uint8Array(await sharp(png).tiff().toBuffer()));
  });

  it('refuses a small file of a huge picture before it is unpacked', async () => {
    const bomb = await sharp({ create: { width: 5_000, height: 5_000, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(200_000);
    const at = performance.now();
    await expect(clean(bomb)).rejects.toThrow('5000 x 5000 pixels; this server takes 1000000 in all');
    expect(performance.now() - at).toBeLessThan(1_000);
    await expect(cleanImage(await animation('gif', 800), MOST_PIXELS)).rejects.toThrow('each of 2 frames');
  });
});

describe('makeThumbnails', () => {
  const sizes = async (bytes: Uint8Array) =>
    Promise.all(
      (await makeThumbnails(bytes)).map(async ({ width, contentType, bytes: small }) => {
        const metadata = await sharp(small).metadata();
        expect([contentType, metadata.format, metadata.width]).toEqual(['image/webp', 'webp', width]);
        return [width, metadata.height, metadata.pages ?? 1];
      }),
    );

  it('makes them in two widths, never wider than the image, and cuts tall ones', async () => {
    expect(await sizes(await pictureBytes('jpeg', 2_000, 1_000))).toEqual([
      [480, 240, 1],
      [960, 480, 1],
    ]);
    expect(await sizes(await pictureBytes('png', 1, 1))).toEqual([[1, 1, 1]]);
    expect(await sizes(await pictureBytes('png', 600, 9_000))).toEqual([
      [480, 960, 1],
      [600, 1_200, 1],
    ]);
    expect(widthsFor(480)).toEqual([480]);
    expect(widthsFor(960)).toEqual([480, 960]);
  });

  it('shows the first frame of what moves, and stands photographs upright', async () => {
    const moving = await animation('gif', 600);
    expect(await sizes(moving)).toEqual([
      [480, 480, 1],
      [600, 600, 1],
    ]);
    const [first] = await makeThumbnails(moving);
    expect(first && (await colourAt(first.bytes, 10, 10))).toBe('red');
    expect(await sizes(await photograph())).toEqual([[40, 60, 1]]);
  });

  it('fails on what cannot be read', () =>
    expect(makeThumbnails(new Uint8Array(Buffer.from('GIF89a rest')))).rejects.toThrow());
});
