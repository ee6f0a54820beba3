import type { LocalRegistry } from '../../src-main/local-registry/index.ts';
import { makeAttached } from '../support/attached.ts';
import { amd64, arm64, makeImage, makeIndex, manifestOf, type TestManifest } from '../support/images.ts';
import { store } from './fixtures.ts';

export const BUSY = 'payments/checkout-api';

const DAY_MS = 86_400_000;
const HOUR = 1 / 24;

/** By age in days: tags on one image, platforms, what is attached. */
const IMAGES: readonly { tags: string[]; age: number; many?: boolean; signed?: boolean; sbom?: boolean }[] = [
  { tags: ['1.5.0-rc.2', '1.5.0-rc', 'edge', 'staging'], age: 5 * HOUR, many: true, signed: true },
  { tags: ['1.5.0-rc.1', 'next'], age: 2, many: true, signed: true },
  { tags: ['pr-1207'], age: 3 },
  { tags: ['pr-1206'], age: 4 },
  {
    tags: ['1.4.2', '1.4', '1', 'latest', 'stable', 'production', 'sha-9f3c1aa'],
    age: 4.2,
    many: true,
    signed: true,
    sbom: true,
  },
  { tags: ['pr-1205'], age: 5 },
  { tags: ['pr-1204'], age: 6 },
  { tags: ['pr-1203'], age: 13.9 },
  { tags: ['1.4.1'], age: 30, many: true, signed: true },
  { tags: ['1.4.0'], age: 60, many: true, signed: true },
  { tags: ['1.3.1', '1.3'], age: 120, many: true },
  { tags: ['1.3.0'], age: 150, many: true },
  { tags: ['1.2.0'], age: 400, many: true },
];

/** Images as a team leaves them: versions, channels, builds of pull requests, signatures under tags and an SBOM by its subject. */
export async function storeBusy(
  registry: Pick<LocalRegistry, 'storage'>,
  { now }: { now: number },
): Promise<ReadonlyMap<string, TestManifest>> {
  const images = new Map<string, TestManifest>();
  for (const { tags, age, many = false, signed = false, sbom = false } of IMAGES) {
    const [name = ''] = tags;
    const image = await imageOf(name, new Date(now - age * DAY_MS).toISOString(), many);
    await store(registry, BUSY, image, tags);
    for (const tag of tags) images.set(tag, image);
    if (signed) await store(registry, BUSY, signatureOf(image), [`${image.digest.replace(':', '-')}.sig`]);
    if (sbom) await store(registry, BUSY, sbomOf(image));
  }
  return images;
}

async function imageOf(name: string, created: string, many: boolean): Promise<TestManifest> {
  const annotations = { 'org.opencontainers.image.created': created };
  const layers = { base: 46_000, [`app ${name}`]: 5_000 + name.length * 1_000 };
  if (!many) return makeImage({ name, layers, annotations });
  const platforms = [amd64, arm64, ...(name === '1.4.2' ? MORE : [])];
  const entries = await Promise.all(
    platforms.map(async (platform) => ({
      platform,
      manifest: await makeImage({ name, platform, layers, annotations }),
    })),
  );
  const index = makeIndex(entries);
  return manifestOf({ ...JSON.parse(index.bytes.toString()), annotations }, index.blobs, index.children);
}

const MORE = [
  { os: 'linux', architecture: 'arm', variant: 'v7' },
  { os: 'linux', architecture: 's390x' },
  { os: 'windows', architecture: 'amd64' },
];

function signatureOf(subject: TestManifest): TestManifest {
  const document = {
    mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
    content: { critical: { image: { 'docker-manifest-digest': subject.digest } } },
  };
  return makeAttached({ documents: [document] });
}

function sbomOf(subject: TestManifest): TestManifest {
  const mediaType = 'application/spdx+json';
  return makeAttached({
    artifactType: mediaType,
    documents: [{ mediaType, content: { spdxVersion: 'SPDX-2.3' } }],
    subject,
  });
}
