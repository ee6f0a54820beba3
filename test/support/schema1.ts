import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { blob, seededBytes, type TestManifest } from './images.ts';

const SIGNED_SCHEMA1 = 'application/vnd.docker.distribution.manifest.v1+prettyjws';

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** The name libtrust gives a key: 30 bytes of the SHA-256 of its DER form, in base32, in groups of four. */
function libtrustKeyId(der: Buffer): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...createHash('sha256').update(der).digest().subarray(0, 30)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  const letters = (bits.match(/.{5}/g) ?? [])
    .map((five) => alphabet.charAt(Number.parseInt(five, 2)))
    .join('');
  return (letters.match(/.{4}/g) ?? []).join(':');
}

/**
 * An image of the first kind (schema 1), signed as registries demand; its digest is that of the payload without signatures.
 * It names its repository and tag, so it can be pushed to those alone.
 *
 * @see Docker Registry, "Image Manifest Version 2, Schema 1"
 */
export function makeSchema1(repository: string, tag: string): TestManifest {
  const layer = blob('application/octet-stream', gzipSync(seededBytes('schema 1', 256)));
  const payload = JSON.stringify(
    {
      schemaVersion: 1,
      name: repository,
      tag,
      architecture: 'amd64',
      fsLayers: [{ blobSum: layer.digest }],
      history: [
        {
          v1Compatibility: JSON.stringify({
            id: createHash('sha256').update(repository).digest('hex'),
            created: '2014-06-05T00:00:00Z',
            os: 'linux',
            architecture: 'amd64',
            container_config: { Cmd: ['/bin/sh', '-c', '#(nop) ADD file:1 in /'] },
          }),
        },
      ],
    },
    null,
    3,
  );
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  const kid = libtrustKeyId(publicKey.export({ type: 'spki', format: 'der' }));

  // The signature is put in before the closing "\n}" of the payload; `formatLength` and `formatTail` say how to take it out.
  const tail = '\n}';
  const formatLength = payload.length - tail.length;
  const protectedHeader = base64url(
    JSON.stringify({ formatLength, formatTail: base64url(tail), time: '2024-01-02T03:04:05Z' }),
  );
  const signature = sign('sha256', Buffer.from(`${protectedHeader}.${base64url(payload)}`), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url');
  const signatures = JSON.stringify([
    { header: { jwk: { crv, kid, kty, x, y }, alg: 'ES256' }, signature, protected: protectedHeader },
  ]);
  return {
    mediaType: SIGNED_SCHEMA1,
    digest: blob(SIGNED_SCHEMA1, Buffer.from(payload)).digest,
    bytes: Buffer.from(`${payload.slice(0, formatLength)},\n   "signatures": ${signatures}${tail}`),
    blobs: [layer],
    children: [],
  };
}
