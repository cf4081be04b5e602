import { describe, expect, it } from 'vitest';
import { imageTypeOf } from './image-type.js';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('imageTypeOf', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
    ['GIF87a\x01\0', 'image/gif'],
    ['GIF89a\x01\0', 'image/gif'],
    ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
    ['RIFF\x24\0\0\0WEBPVP8L', 'image/webp'],
  ])('knows %j', (text, type) => expect(imageTypeOf(bytes(text))).toBe(type));

  it.each([
    '',
    'G',
    '\x89PNG',
    '\xff\xd8',
    'RIFF\x24\0\0\0WAVEfmt ',
    'RIFF',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<html><script>',
    ' GIF89a',
    'BM\0\0',
  ])('takes no %j', (text) => expect(imageTypeOf(bytes(text))).toBeNull());

  it('looks at the view, not at the buffer behind it', () => {
    const buffer = bytes('xxxxGIF89a');
    expect(imageTypeOf(buffer.subarray(4))).toBe('image/gif');
    expect(imageTypeOf(buffer)).toBeNull();
  });
});
