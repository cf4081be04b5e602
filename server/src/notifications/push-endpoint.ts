import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

/**
 * Addresses that no public push service has: an endpoint comes from a browser, and must not make the server
 * call into its own network.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const PRIVATE = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv6');

/** Whether an IP address is one of the public internet. IPv4 inside IPv6 counts as IPv4. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 0) return false;
  // Checked in both families: Node looks at a mapped address as the IPv4 that it is.
  return !PRIVATE.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Why an address cannot be that of a push service; null: it can, as far as can be told without asking for its
 * name. What the name leads to is checked on connecting, by `publicLookup`.
 * @param allowedHosts `HOST:PORT` that are taken whatever they are
 */
export function endpointFault(endpoint: string, allowedHosts: ReadonlySet<string>): string | null {
  if (!URL.canParse(endpoint)) return 'must be an address';
  const url = new URL(endpoint);
  if (url.protocol !== 'https:') return 'must be an https address';
  if (url.username !== '' || url.password !== '') return 'must not hold credentials';
  if (allowedHosts.has(`${url.hostname}:${url.port || '443'}`)) return null;
  if (url.port !== '') return 'must be on port 443';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isPublicAddress(host) ? null : 'must not be an address of a private network';
  if (!host.includes('.') || /(^|\.)(localhost|local|internal|home\.arpa)\.?$/.test(host)) {
    return 'must not be a name of a private network';
  }
  return null;
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * Looks a name up as `dns.lookup` does, and fails where any of its addresses is private: a name can lead
 * anywhere, and elsewhere the next time it is asked for.
 */
export function publicLookup(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const found = addresses as LookupAddress[];
    const [first] = found;
    if (!first || found.some(({ address }) => !isPublicAddress(address))) {
      return callback(new Error(`${hostname} is not on the public internet`), []);
    }
    if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
}
