import { Random } from '../../../src-main/local-registry/samples/random.ts';
import { manifestOf, mediaTypes, type TestManifest } from '../../support/images.ts';
import { chance, drawParcels, everyManifest } from '../cargo.ts';

/** A manifest in a repository, with the tags that are put on it. */
interface Placed {
  readonly repository: string;
  readonly manifest: TestManifest;
  readonly tags: readonly string[];
}

/** A random registry's contents: what is in which repository, and what is known of each manifest. */
export interface Shelf {
  readonly repositories: readonly string[];
  readonly placed: readonly Placed[];
  readonly manifests: ReadonlyMap<string, KnownManifest>;
}

interface KnownManifest {
  readonly manifest: TestManifest;
  /** Digests below it. */
  readonly contained: readonly string[];
  /** What it is attached to. */
  readonly subject?: string;
}

/** Tags, and manifests with all their tags, that are to be deleted of a repository. */
export interface Selection {
  readonly repository: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
}

/** Digests with several tags, nested indexes, children with tags of their own, referrers, cosign's tags, the same in several repositories. */
export function drawShelf(
  seed: string,
  namespace: string,
  { referrers }: { /** Whether the registry lists them; else their clients do. */ referrers: boolean },
): Shelf {
  const random = new Random(`${seed}/shelf`);
  const repositories = ['one', 'two', 'three']
    .slice(0, 1 + random.below(3))
    .map((name) => `${namespace}/${name}`);
  const placed: Placed[] = [];
  const manifests = new Map<string, KnownManifest>();
  const know = (manifest: TestManifest, subject?: string): void => {
    const contained = everyManifest(manifest).map(({ digest }) => digest);
    for (const one of manifest.children) if (!manifests.has(one.digest)) know(one);
    manifests.set(manifest.digest, {
      manifest,
      contained: contained.filter((digest) => digest !== manifest.digest),
      ...(subject === undefined ? {} : { subject }),
    });
  };
  let named = 0;
  const tags = (most: number): string[] =>
    Array.from({ length: random.below(most + 1) }, () => `t${named++}`);
  for (const { image, attachments } of drawParcels(seed, false)) {
    know(image);
    const homes = repositories.filter(() => chance(random, 60));
    for (const repository of homes.length > 0 ? homes : repositories.slice(0, 1)) {
      placed.push({ repository, manifest: image, tags: tags(3) });
      for (const child of image.children)
        if (chance(random, 30)) placed.push({ repository, manifest: child, tags: tags(2) });
      for (const { manifest, subject, tag } of attachments) {
        know(manifest, tag === undefined ? subject : undefined);
        const own = chance(random, 20) ? tags(1) : [];
        placed.push({ repository, manifest, tags: tag === undefined ? own : [tag, ...own] });
      }
    }
  }
  if (!referrers) placed.push(...referrersTags(placed, manifests, know));
  return { repositories, placed, manifests };
}

/** The lists of referrers that clients keep where the registry does not. */
function referrersTags(
  placed: readonly Placed[],
  manifests: ReadonlyMap<string, KnownManifest>,
  know: (manifest: TestManifest) => void,
): Placed[] {
  const lists = new Map<string, Map<string, TestManifest>>();
  for (const { repository, manifest } of placed) {
    const subject = manifests.get(manifest.digest)?.subject;
    if (subject === undefined) continue;
    const key = `${repository} ${subject}`;
    lists.set(key, (lists.get(key) ?? new Map()).set(manifest.digest, manifest));
  }
  return [...lists].map(([key, members]) => {
    const [repository = '', subject = ''] = key.split(' ');
    const all = [...members.values()];
    const list = manifestOf(
      {
        schemaVersion: 2,
        mediaType: mediaTypes.oci.index,
        manifests: all.map(({ mediaType, digest, bytes }) => ({
          mediaType,
          digest,
          size: bytes.length,
          artifactType: 'application/vnd.example.report',
        })),
      },
      [],
      all,
    );
    know(list);
    return { repository, manifest: list, tags: [subject.replace(':', '-')] };
  });
}

/** What is deleted of it: of one repository or of several. */
export function drawSelections(seed: string, { placed, repositories }: Shelf): Selection[] {
  const random = new Random(`${seed}/selection`);
  const share = random.pick([15, 40, 70, 100]);
  const names = chance(random, 50) ? repositories : repositories.slice(0, 1);
  const selections = names.map((repository): Selection => {
    const here = placed.filter((one) => one.repository === repository);
    return {
      repository,
      tags: [...new Set(here.flatMap(({ tags }) => tags).filter(() => chance(random, share)))],
      digests: [...new Set(here.filter(() => chance(random, 8)).map(({ manifest }) => manifest.digest))],
    };
  });
  return selections.filter(({ tags, digests }) => tags.length + digests.length > 0);
}
