import { gzipSync, zstdCompressSync } from 'node:zlib';
import {
  amd64,
  blob,
  descriptor,
  manifestOf,
  mediaTypes,
  type Platform,
  sha256,
  type TestManifest,
} from './images.ts';
import { type RawEntry, rawTar } from './layers.ts';

/** An image as it was built: what each layer has, and the configuration. */
export interface Build {
  readonly layers: readonly (readonly RawEntry[])[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly created?: string;
  /** Instructions, one a layer; without them the configuration has no history. */
  readonly history?: readonly string[];
  readonly platform?: Platform;
  readonly compression?: 'gzip' | 'zstd';
}

const TYPES = { gzip: mediaTypes.oci.layer, zstd: 'application/vnd.oci.image.layer.v1.tar+zstd' };

/** The same arguments make the same image. */
export function built({
  layers,
  config = {},
  created = '2026-01-02T03:04:05Z',
  history,
  platform = amd64,
  compression = 'gzip',
}: Build): TestManifest {
  const archives = layers.map((entries) => rawTar(entries));
  const blobs = archives.map((archive) =>
    blob(TYPES[compression], compression === 'gzip' ? gzipSync(archive) : zstdCompressSync(archive)),
  );
  const configuration = blob(
    mediaTypes.oci.config,
    Buffer.from(
      JSON.stringify({
        created,
        ...platform,
        config,
        rootfs: { type: 'layers', diff_ids: archives.map(sha256) },
        ...(history ? { history: history.map((step) => ({ created, created_by: step })) } : {}),
      }),
    ),
  );
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config: descriptor(configuration),
      layers: blobs.map(descriptor),
    },
    [configuration, ...blobs],
  );
}
