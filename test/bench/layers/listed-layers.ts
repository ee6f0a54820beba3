import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { amd64, blob, descriptor, manifestOf, mediaTypes, sha256 } from '../../support/images.ts';
import {
  chunkedToc,
  ESTARGZ_DIGEST,
  estargzFooter,
  estargzToc,
  type TocEntry,
} from '../../support/toc-layers.ts';

const SIZE = 5_000_000_000;
const FILES = 200_000;

/** What a table of contents says of a layer of 5 GB. */
function entries(): TocEntry[] {
  return Array.from({ length: FILES }, (_, at) => ({
    ...{
      name: `usr/lib/package-${at % 2000}/module/file-${at}.so`,
      type: 'reg',
      mode: 0o100644,
      uid: 0,
      gid: 0,
    },
    ...{ modtime: '2023-11-14T22:13:20Z', size: 50_000, offset: 1 + at * 24_000 },
    ...{ digest: sha256(`file ${at}`), chunkDigest: sha256(`chunk ${at}`) },
  }));
}

export interface ListedLayers {
  /** Of the images, by their form. */
  readonly references: Readonly<Record<'estargz' | 'zstdChunked', string>>;
  /** What was asked for of layers since the last call. */
  taken(): { requests: number; bytes: number };
  readonly size: number;
  readonly files: number;
  close(): void;
}

/** A registry with two images, each with a layer of 5 GB of which only what is asked for exists. */
export async function serveListedLayers(): Promise<ListedLayers> {
  const list = entries();
  const estargz = estargzToc(list);
  const footer = estargzFooter(SIZE - 51 - estargz.member.length);
  const chunked = chunkedToc(list, SIZE - chunkedToc(list, SIZE).bytes.length);
  const layers = {
    estargz: {
      tail: Buffer.concat([estargz.member, footer]),
      annotations: { [ESTARGZ_DIGEST]: estargz.digest },
    },
    zstdChunked: { tail: chunked.bytes, annotations: chunked.annotations },
  };
  const blobs = new Map<string, Buffer>();
  const manifests = new Map<string, Buffer>();
  const images = Object.entries(layers).map(([name, { annotations }]) => {
    const config = blob(
      mediaTypes.oci.config,
      Buffer.from(JSON.stringify({ ...amd64, rootfs: { diff_ids: [sha256(name)] } })),
    );
    const layer = {
      mediaType: mediaTypes.oci.layer,
      digest: sha256(`layer ${name}`),
      size: SIZE,
      annotations,
    };
    const manifest = manifestOf(
      { schemaVersion: 2, mediaType: mediaTypes.oci.manifest, config: descriptor(config), layers: [layer] },
      [],
    );
    blobs.set(config.digest, config.bytes);
    manifests.set(manifest.digest, manifest.bytes);
    return { name, layer: layer.digest, manifest: manifest.digest };
  });
  const tails = new Map(images.map(({ name, layer }) => [layer, layers[name as keyof typeof layers].tail]));
  const taken = { requests: 0, bytes: 0 };
  const server = createServer((request, response) => {
    const digest = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
    const manifest = manifests.get(digest);
    const whole = manifest ?? blobs.get(digest) ?? (request.url === '/v2/' ? Buffer.from('{}') : undefined);
    const tail = tails.get(digest);
    if (whole) {
      const type = manifest ? mediaTypes.oci.manifest : 'application/octet-stream';
      response.writeHead(200, {
        'content-type': type,
        'content-length': whole.length,
        'docker-content-digest': digest,
      });
      response.end(request.method === 'HEAD' ? undefined : whole);
      return;
    }
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (!tail || from === undefined || to === undefined) {
      response.writeHead(404).end();
      return;
    }
    const [start, end] = [Number(from), Number(to) + 1];
    const part = tail.subarray(Math.max(0, start - (SIZE - tail.length)), end - (SIZE - tail.length));
    taken.requests += 1;
    taken.bytes += part.length;
    response.writeHead(206, {
      'content-range': `bytes ${start}-${end - 1}/${SIZE}`,
      'content-length': part.length,
    });
    response.end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const reference = (wanted: string) =>
    `${host}/large/app@${images.find(({ name }) => name === wanted)?.manifest}`;
  return {
    references: { estargz: reference('estargz'), zstdChunked: reference('zstdChunked') },
    taken: () => {
      const before = { ...taken };
      Object.assign(taken, { requests: 0, bytes: 0 });
      return before;
    },
    size: SIZE,
    files: FILES,
    close: () => void server.close(),
  };
}
