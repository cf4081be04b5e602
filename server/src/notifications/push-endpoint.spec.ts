import { describe, expect, it } from 'vitest';
import { inParallel } from '../common/in-parallel.js';
import { deviceLabel } from './device-label.js';
import { endpointFault, isPublicAddress, publicLookup } from './push-endpoint.js';

const none = new Set<string>();

describe('the address of a push service', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc',
    'https://8.8.8.8/abc',
    'https://[2606:4700::1111]/abc',
  ])('may be %s', (endpoint) => expect(endpointFault(endpoint, none)).toBeNull());

  it.each([
    'https://10.1.2.3/a',
    'https://0x7f.1/a',
    'https://0177.0.0.1/a',
    'https://[fd00::1]/a',
    'https://[fe80::1]/a',
    'https://[::ffff:127.0.0.1]/a',
    'https://[64:ff9b::7f00:1]/a',
    'https://metadata.google.internal/a',
    'https://intranet/a',
    'https://localhost./a',
    'https://push.example.org:6379/a',
  ])('may not be %s', (endpoint) => expect(endpointFault(endpoint, none)).not.toBeNull());

  it('may be anything that the operator names, on that port alone', () => {
    const allowed = new Set(['push:8443', '10.1.2.3:443']);
    expect(endpointFault('https://push:8443/a', allowed)).toBeNull();
    expect(endpointFault('https://10.1.2.3/a', allowed)).toBeNull();
    expect(endpointFault('https://push/a', allowed)).not.toBeNull();
    expect(endpointFault('http://push:8443/a', allowed)).not.toBeNull();
  });

  it.each([
    ['1.1.1.1', true],
    ['172.15.0.1', true],
    ['172.16.0.1', false],
    ['100.64.0.1', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::', false],
    ['::ffff:8.8.8.8', true],
    ['::ffff:192.168.0.1', false],
    ['fe80::1%eth0', false],
    ['nonsense', false],
  ])('%s is public: %s', (address, isPublic) => expect(isPublicAddress(address)).toBe(isPublic));

  it('is looked up anew for each connection, and refused where the name leads home', async () => {
    const looked = new Promise<Error | null>((resolve) => {
      publicLookup('localhost', {}, (error) => resolve(error));
    });
    expect((await looked)?.message).toContain('not on the public internet');
  });
});

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36',
    'Chrome on Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['curl/8', 'Browser'],
  [undefined, 'Browser'],
])('a device with %s is called %s', (userAgent, label) => expect(deviceLabel(userAgent)).toBe(label));

it('works on so many at a time, and ends what was begun before it fails', async () => {
  let open = 0;
  let most = 0;
  const done: number[] = [];
  const work = async (item: number) => {
    open += 1;
    most = Math.max(most, open);
    await Promise.resolve();
    open -= 1;
    if (item === 5) throw new Error('five');
    done.push(item);
  };
  await expect(inParallel([...Array(20).keys()], 3, work)).rejects.toThrow('five');
  expect([most, open]).toEqual([3, 0]);
  expect(done.length).toBeLessThan(10);
  await inParallel([], 3, work);
});
