import { gzipSync } from 'node:zlib';
import type { LocalRegistry } from '../../src-main/local-registry/index.ts';
import {
  amd64,
  arm64,
  blob,
  descriptor,
  makeIndex,
  manifestOf,
  mediaTypes,
  type Platform,
  sha256,
  type TestManifest,
} from '../support/images.ts';
import { rawTar } from '../support/layers.ts';
import { store } from './fixtures.ts';

interface Built {
  readonly created: string;
  readonly env: readonly string[];
  /** Layers from the base on: the instruction, and the files by their paths. */
  readonly layers: readonly (readonly [string, Readonly<Record<string, string>>])[];
  readonly platform?: Platform;
}

function build({ created, env, layers, platform = amd64 }: Built): TestManifest {
  const types = mediaTypes.oci;
  const blobs = layers.map(([, files]) => {
    const tar = rawTar(Object.entries(files).map(([name, content]) => ({ name, content })));
    return { ...blob(types.layer, gzipSync(tar)), diffId: sha256(tar) };
  });
  const config = blob(
    types.config,
    Buffer.from(
      JSON.stringify({
        created,
        ...platform,
        config: { Env: ['PATH=/usr/bin', ...env], Cmd: ['/app'] },
        rootfs: { type: 'layers', diff_ids: blobs.map(({ diffId }) => diffId) },
        history: layers.map(([instruction]) => ({ created, created_by: instruction })),
      }),
    ),
  );
  const body = {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: descriptor(config),
    layers: blobs.map(descriptor),
  };
  return manifestOf(body, [config, ...blobs]);
}

/** What an image's settings are where nobody should read them over a shoulder. */
export const SECRET = 'hunter2-hunter2';

/** As Debian's package manager writes down what is installed. */
const installed = (packages: Readonly<Record<string, string>>) =>
  Object.entries(packages)
    .map(
      ([name, version]) =>
        `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`,
    )
    .join('\n');

const base = [
  'ADD rootfs.tar /',
  { 'etc/os-release': 'ID=none\n', 'usr/bin/tool': 'tool'.repeat(900) },
] as const;

/** The older of two images: what it says, and which packages it names. */
const older: Built = {
  created: '2024-01-02T03:04:05Z',
  env: [`API_TOKEN=${SECRET}`, 'MODE=test'],
  layers: [
    base,
    [
      'COPY app / # buildkit',
      {
        'app/config.ini': 'port = 80\nhost = a\nlast = 1\n',
        'app/gone.txt': 'gone\n',
        'app/run.sh': '#!/bin/sh\n',
        'var/lib/dpkg/status': installed({ openssl: '3.0.1-1', zlib: '1.2-1' }),
      },
    ],
  ],
};

const newer: Built = {
  created: '2024-03-04T05:06:07Z',
  env: ['API_TOKEN=another-secret', 'MODE=production'],
  layers: [
    base,
    [
      'COPY app / # buildkit',
      {
        'app/config.ini': 'port = 8080\nhost = a\nlast = 1\n',
        'app/new.bin': 'new\0'.repeat(5000),
        'app/run.sh': '#!/bin/sh\n',
        'var/lib/dpkg/status': installed({ openssl: '3.0.2-1', zlib: '1.2-1', curl: '8.1-1' }),
      },
    ],
  ],
};

/**
 * Images to compare: `team/app:1.0` and `2.0`, of one platform; `team/many:1.0` and `2.0`, of several of which each has one that the
 * other has not.
 */
export async function storeCompared(registry: Pick<LocalRegistry, 'storage'>): Promise<void> {
  await store(registry, 'team/app', build(older), ['1.0', 'stable']);
  await store(registry, 'team/app', build(newer), ['2.0']);
  const s390x: Platform = { os: 'linux', architecture: 's390x' };
  const index = (of: Built, platforms: readonly Platform[]) =>
    makeIndex(platforms.map((platform) => ({ platform, manifest: build({ ...of, platform }) })));
  await store(registry, 'team/many', index(older, [amd64, arm64]), ['1.0']);
  await store(registry, 'team/many', index(newer, [amd64, s390x]), ['2.0']);
}

/** `team/wide:1` and `2`: of 10,000 files in 100 folders half are new, the others have another text. */
export async function storeManyFiles(registry: Pick<LocalRegistry, 'storage'>): Promise<void> {
  const image = (name: string, from: number): Built => {
    const files: Record<string, string> = {};
    for (let at = from; at < 10_000; at++) {
      const number = `${at}`.padStart(4, '0');
      files[`usr/share/wide/folder-${number.slice(0, 2)}/file-${number}`] = `${name} ${number}\n`;
    }
    return { ...older, layers: [base, ['COPY wide /', files]] };
  };
  await store(registry, 'team/wide', build(image('old', 5000)), ['1']);
  await store(registry, 'team/wide', build(image('new', 0)), ['2']);
}
