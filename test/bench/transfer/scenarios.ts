import type { Job } from './clients.ts';
import type { LinkOptions } from './proxies/link.ts';
import type { LayerSpec, RegistryStorage } from './storage.ts';

const MB = 1_000_000;
/** First part of the names that single images are copied to. */
export const COPIED = 'copied';

/** Where a scenario's images go: `registry` is docker-registry, `discard` takes everything and keeps nothing. */
export type Destination = 'registry' | 'discard' | 'local';

/** Ratios to the best peer, if nothing else is said. */
interface Targets {
  readonly wall?: number;
  /** To skopeo. */
  readonly cpu?: number;
  /** To its own run without the fault. */
  readonly wallToOwn?: number;
  /** Share of the image's bytes that may be sent twice. */
  readonly twice?: number;
  /** MiB over the same command with a tiny image. */
  readonly growth?: number;
  /** What must have been seen at the destination; with words where it was not. */
  readonly counts?: (counts: Arrivals) => string | null;
}

export interface Arrivals {
  readonly bytes: number;
  /** Of all blobs that the job has to move, each digest once. */
  readonly content: number;
  readonly tags: number;
  requests(kind: string): number;
  readonly total: number;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly destinations: readonly Destination[];
  readonly targets: Targets;
  /** Before both registries. */
  readonly link?: LinkOptions;
  /** The destination is there already, whole. */
  readonly warm?: boolean;
  /** The destination is the source's registry. */
  readonly within?: boolean;
  readonly fault?: 'limited' | 'killed';
  /** Ours alone is measured, once. */
  readonly alone?: boolean;
  readonly kind: Job['kind'];
  /** Puts the images where they are copied from. */
  seed(storage: RegistryStorage, scale: number): Promise<Seeded>;
}

export interface Seeded {
  /** Of the destination, to be checked after each run: `repository:tag` → digest, as at the source. */
  readonly expected: ReadonlyMap<string, string>;
  job(from: string, to: string): Job;
}

const eight = (scale: number, bytes = 100 * MB) => layers('large', 8, bytes * scale);

function layers(name: string, count: number, bytes: number): LayerSpec[] {
  return Array.from({ length: count }, (_, at) => ({ name: `${name} ${at}`, bytes: Math.ceil(bytes) }));
}

async function oneImage(
  storage: RegistryStorage,
  name: string,
  specs: readonly LayerSpec[],
): Promise<Seeded> {
  const { digest } = await storage.putImage(`bench/${name}`, 'v1', specs);
  return oneReference(name, digest);
}

function oneReference(name: string, digest: string): Seeded {
  const target = `${COPIED}/${name}:v1`;
  return {
    expected: new Map([[target, digest]]),
    job: (from, to) => ({ kind: 'copy', from, to, source: `bench/${name}:v1`, target }),
  };
}

/** The smallest image there is: what a client costs before it moves anything. */
export function tinyImage(storage: RegistryStorage): Promise<Seeded> {
  return oneImage(storage, 'tiny', layers('tiny', 1, 1000));
}

/** Two repositories of ten tags; each image has ten layers, of which all share eight. */
async function sharingTags(storage: RegistryStorage, scale: number): Promise<Seeded> {
  const shared = layers('shared', 8, 2 * MB * scale);
  const expected = new Map<string, string>();
  const repositories = ['one', 'two'].map((name) => `bench/${name}`);
  for (const repository of repositories) {
    for (let tag = 0; tag < 10; tag++) {
      const own = layers(`${repository} ${tag}`, 2, 2 * MB * scale);
      const { digest } = await storage.putImage(repository, `v${tag}`, [...shared, ...own]);
      expected.set(`${repository}:v${tag}`, digest);
    }
  }
  return { expected, job: (from, to) => ({ kind: 'sync', from, to, folder: 'bench', repositories }) };
}

async function manyTags(storage: RegistryStorage, scale: number): Promise<Seeded> {
  const repository = 'bench/many';
  const expected = new Map<string, string>();
  for (let tag = 0; tag < 1000 * scale; tag++) {
    const name = `image ${tag}`;
    const { digest } = await storage.putImage(repository, `v${tag}`, layers('many', 3, 1000), { name });
    expected.set(`${repository}:v${tag}`, digest);
  }
  const repositories = [repository];
  return { expected, job: (from, to) => ({ kind: 'sync', from, to, folder: 'bench', repositories }) };
}

async function platforms(storage: RegistryStorage, scale: number): Promise<Seeded> {
  const repository = 'bench/platforms';
  const children = [];
  for (const architecture of ['amd64', 'arm64', 'ppc64le', 'riscv64', 's390x']) {
    const platform = { os: 'linux', architecture };
    const specs = layers(architecture, 10, MB * scale);
    children.push({ ...(await storage.putImage(repository, undefined, specs, { platform })), platform });
  }
  const { digest } = await storage.putIndex(repository, 'v1', children);
  return oneReference('platforms', digest);
}

const eachOnce: Targets['counts'] = ({ bytes, content }) =>
  // Manifests come on top; a blob twice would be far more.
  bytes <= content * 1.01 + 200_000 ? null : `${bytes} bytes sent for ${content}`;

export const scenarios: readonly Scenario[] = [
  {
    name: 'large',
    kind: 'copy',
    title: 'cold, 8 layers of 100 MB',
    destinations: ['discard', 'registry'],
    targets: { wall: 0.95, cpu: 0.6, growth: 64 },
    seed: (storage, scale) => oneImage(storage, 'large', eight(scale)),
  },
  {
    name: 'small',
    kind: 'copy',
    title: 'cold, 50 layers of 0.5 MB',
    destinations: ['discard', 'registry'],
    targets: { wall: 0.8 },
    seed: (storage) => oneImage(storage, 'small', layers('small', 50, MB / 2)),
  },
  {
    name: 'tags',
    kind: 'sync',
    title: 'cold, 20 tags sharing 80 % of layers, 2 repositories',
    destinations: ['discard', 'registry'],
    targets: { wall: 0.7, counts: eachOnce },
    seed: sharingTags,
  },
  {
    name: 'tags-far',
    kind: 'sync',
    title: 'the same with 50 ms round trip',
    destinations: ['discard', 'registry'],
    targets: { wall: 0.6, counts: eachOnce },
    link: { roundTrip: 50 },
    seed: sharingTags,
  },
  {
    name: 'warm',
    kind: 'sync',
    title: 'warm, 1,000 tags unchanged, 50 ms',
    destinations: ['registry'],
    targets: {
      wall: 0.5,
      counts: ({ total, tags, requests }) => {
        const heads = requests('HEAD manifest');
        // One HEAD a tag at either side; the registry may be greeted and its tags listed.
        return heads <= tags && total - heads <= 5 ? null : `${heads} HEADs and ${total - heads} others`;
      },
    },
    link: { roundTrip: 50 },
    warm: true,
    seed: manyTags,
  },
  {
    name: 'within',
    kind: 'copy',
    title: 'same registry, other repository (50 layers of 0.5 MB)',
    destinations: ['registry'],
    targets: {
      wall: 0.7,
      counts: ({ bytes }) => (bytes < 64_000 ? null : `${bytes} bytes sent`),
    },
    within: true,
    seed: (storage) => oneImage(storage, 'small', layers('small', 50, MB / 2)),
  },
  {
    name: 'limited',
    kind: 'copy',
    title: '429 every tenth request, Retry-After: 1 (8 layers of 100 MB at 50 MB/s, 50 ms)',
    destinations: ['discard'],
    targets: { wallToOwn: 1.2 },
    link: { roundTrip: 50, rate: 50 * MB },
    fault: 'limited',
    seed: (storage, scale) => oneImage(storage, 'large', eight(scale)),
  },
  {
    name: 'killed',
    kind: 'copy',
    title: 'killed at 50 %, started again (8 layers of 100 MB)',
    // docker-registry 2.8 forgets an upload that was cut; ours shows what the client does where it can go on.
    destinations: ['registry', 'local'],
    targets: { twice: 0.05 },
    fault: 'killed',
    seed: (storage, scale) => oneImage(storage, 'large', eight(scale)),
  },
  {
    name: 'platforms',
    kind: 'copy',
    title: 'multi-arch index, 5 platforms × 10 layers of 1 MB',
    destinations: ['discard', 'registry'],
    targets: { wall: 0.7 },
    seed: platforms,
  },
  {
    name: 'huge',
    kind: 'copy',
    title: 'cold, 8 layers of 512 MiB',
    destinations: ['discard'],
    targets: { growth: 64 },
    alone: true,
    seed: (storage, scale) => oneImage(storage, 'huge', eight(scale, 512 * 1024 * 1024)),
  },
];
