import { createHash } from 'node:crypto';
import type { ManifestFacts } from '../../../src-main/common/facts.ts';
import { repositoryName, tagNames } from './names.ts';

/**
 * What is behind the names: in each repository two images of 15 blobs and an index of them, in the largest 50,000 images of 28 blobs: 200,000
 * manifests, 3 million edges. Images are built on one of 200 base images, on layers that some repositories share, and on their repository's.
 */
const BASES = 200;
const IMAGES_OF_LARGEST = 50_000;
const TYPE = 'application/vnd.oci.image';

export interface Filled {
  name: string;
  tags: { name: string; digest: string }[];
  facts: ManifestFacts[];
}

export function filledRepository(number: number): Filled {
  const facts = number === 0 ? largest() : usual(number);
  // Some were promoted from the repository before, with their digests.
  const promoted = number > 1 && number % 5 === 0 ? usual(number - 1) : [];
  const all = [...facts, ...promoted];
  const tags = tagNames(number).map((name, position) => ({
    name,
    digest: all[position % all.length]?.digest ?? '',
  }));
  return { name: repositoryName(number), tags, facts: all };
}

function usual(number: number): ManifestFacts[] {
  const images = [0, 1].map((which) => image(number, which, 4, number * 7 + which));
  const children = images.map(({ digest, size, mediaType }, which) => ({
    digest,
    size,
    mediaType,
    platform: { os: 'linux', architecture: which === 0 ? 'amd64' : 'arm64' },
  }));
  return [
    ...images,
    {
      ...images[0],
      digest: digestOf(`index ${number}`),
      mediaType: `${TYPE}.index.v1+json`,
      kind: 'index',
      size: 800,
      created: undefined,
      platforms: children.map(({ platform }) => platform),
      attested: false,
      children,
      blobs: [],
    } as unknown as ManifestFacts,
  ];
}

/** A pipeline's: of 17 layers of its own each build changes three. */
function largest(): ManifestFacts[] {
  return Array.from({ length: IMAGES_OF_LARGEST }, (_, build) => image(0, build, 17, Math.floor(build / 50)));
}

function image(repository: number, build: number, own: number, base: number): ManifestFacts {
  const layers = [
    ...Array.from({ length: 5 }, (_, layer) => ({
      name: `base ${base % BASES} ${layer}`,
      size: 20_000_000 + layer,
    })),
    ...Array.from({ length: 3 }, (_, layer) => ({
      name: `team ${repository % 3_000} ${layer}`,
      size: 5_000_000 + layer,
    })),
    ...Array.from({ length: 2 }, (_, layer) => ({
      name: `repository ${repository} ${layer}`,
      size: 1_000_000 + repository,
    })),
    ...Array.from({ length: own }, (_, layer) => ({
      name: `own ${repository} ${layer < 3 ? build : Math.floor(build / (10 * layer))} ${layer}`,
      size: 10_000 + build,
    })),
  ];
  return {
    digest: digestOf(`image ${repository} ${build}`),
    mediaType: `${TYPE}.manifest.v1+json`,
    kind: 'image',
    size: 2_000,
    created: new Date(1_700_000_000_000 + build * 60_000 + repository * 1_000).toISOString(),
    platforms: [{ os: 'linux', architecture: 'amd64' }],
    attested: false,
    children: [],
    blobs: [
      {
        digest: digestOf(`config ${repository} ${build}`),
        size: 5_000,
        mediaType: `${TYPE}.config.v1+json`,
        role: 'config',
      },
      ...layers.map(({ name, size }) => ({
        digest: digestOf(name),
        size,
        mediaType: `${TYPE}.layer.v1.tar+gzip`,
        role: 'layer' as const,
      })),
    ],
  };
}

function digestOf(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}
