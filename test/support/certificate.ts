// Self-signed certificates for servers on loopback, made anew for each run: no key lies in the repository and no tool is needed.
// X.509 version 3 (RFC 5280) with an EC P-256 key, written in DER by hand.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128
      ? Buffer.from([body.length])
      : body.length < 256
        ? Buffer.from([0x81, body.length])
        : Buffer.from([0x82, body.length >> 8, body.length & 255]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
const set = (...parts: readonly Uint8Array[]): Buffer => tlv(0x31, ...parts);
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
const bits = (bytes: Uint8Array): Buffer => tlv(0x03, Buffer.from([0]), bytes);
const octets = (bytes: Uint8Array): Buffer => tlv(0x04, bytes);
const utf8 = (text: string): Buffer => tlv(0x0c, Buffer.from(text));
const time = (ms: number): Buffer =>
  tlv(0x17, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const commonName = (name: string): Buffer => sequence(set(sequence(oid('550403'), utf8(name))));

const alternativeName = (host: string): Buffer => {
  const octetsOfIp = host.split('.').map(Number);
  const isIp = octetsOfIp.length === 4 && octetsOfIp.every((part) => part >= 0 && part < 256);
  return isIp ? tlv(0x87, Buffer.from(octetsOfIp)) : tlv(0x82, Buffer.from(host));
};

export type Certificate = { readonly key: string; readonly cert: string };

/** @param hosts names and IPv4 addresses; @param validFor days from now on, negative for one that has ended */
export const makeCertificate = (hosts: readonly string[], validFor = 2): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const day = 86_400_000;
  const name = commonName('Keyturn test');
  const extensions = tlv(
    0xa3,
    sequence(
      sequence(oid('551d13'), tlv(0x01, Buffer.from([255])), octets(sequence(tlv(0x01, Buffer.from([255]))))),
      sequence(oid('551d11'), octets(sequence(...hosts.map(alternativeName)))),
    ),
  );
  const serial = createHash('sha256').update(spki).digest().subarray(0, 8);
  serial[0] = ((serial[0] ?? 1) & 0x7f) | 1;
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    ecdsaWithSha256,
    name,
    sequence(time(Date.now() - 3 * day), time(Date.now() + validFor * day)),
    name,
    spki,
    extensions,
  );
  const der = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, privateKey)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
};
