import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

// A certificate for tests, made without any program or package: DER by hand, as far as one certificate needs it.

/**
 * @param {number} tag
 * @param {...(Buffer | readonly number[])} parts
 */
function der(tag, ...parts) {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const size = [];
  for (let rest = body.length; rest > 0; rest >>= 8) size.unshift(rest & 255);
  const length = body.length < 128 ? [body.length] : [128 | size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

/** @param {...Buffer} parts */
const sequence = (...parts) => der(0x30, ...parts);
/** @param {string} hex the encoded arcs */
const oid = (hex) => der(0x06, Buffer.from(hex, 'hex'));
/** @param {Buffer} bytes */
const bits = (bytes) => der(0x03, [0], bytes);
/** @param {Date} at until 2049 */
const utcTime = (at) =>
  der(0x17, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`, 'latin1'));

/**
 * A certificate of this machine's loopback names that signs itself, good for a day. Whoever is to trust it
 * takes it as an authority.
 * @returns {{ key: string, cert: string }} PEM
 */
export function testCertificate() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const commonName = der(0x0c, Buffer.from('Doclight tests'));
  const name = sequence(der(0x31, sequence(oid('550403'), commonName)));
  const now = Date.now();
  const validity = sequence(utcTime(new Date(now - 3_600_000)), utcTime(new Date(now + 86_400_000)));
  const names = sequence(
    der(0x82, Buffer.from('localhost')),
    der(0x87, [127, 0, 0, 1]),
    der(0x87, [...Buffer.alloc(15), 1]),
  );
  const isAuthority = sequence(oid('551d13'), der(0x01, [255]), der(0x04, sequence(der(0x01, [255]))));
  const extensions = der(0xa3, sequence(isAuthority, sequence(oid('551d11'), der(0x04, names))));
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const toBeSigned = sequence(
    der(0xa0, der(0x02, [2])),
    der(0x02, serial),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  );
  const certificate = sequence(toBeSigned, ecdsaWithSha256, bits(sign('sha256', toBeSigned, privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}
