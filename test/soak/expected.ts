import { blob, type Platform, type TestManifest } from '../support/images.ts';
import type { Parcel } from './cargo.ts';
import type { Setup } from './setup.ts';

interface Index {
  manifests: Entry[];
}

interface Entry {
  digest: string;
  size: number;
  platform?: Platform;
  annotations?: Readonly<Record<string, string>>;
}

/** What BuildKit's attestations name the image by that they speak of. */
const SUBJECT = 'vnd.docker.reference.digest';

/** What the target's tag is to point at in the end, to the byte, with all that is below it. */
export function expectedOf(
  { image, before }: Parcel,
  { platforms, attached }: Pick<Setup, 'platforms' | 'attached'>,
): TestManifest {
  // A tag that has all platforms already is left as it is, unless something is looked for that hangs on them.
  const left = before?.digest === image.digest && !attached;
  if (platforms === undefined || left) return image;
  const narrowed = narrow(image, new Set(platforms.platforms));
  if (!narrowed) throw new TypeError('Each index has an image of the platform that is chosen.');
  return narrowed;
}

/** The manifest with images of these platforms only: itself where it has no others, undefined where it has none. */
function narrow(manifest: TestManifest, wanted: ReadonlySet<string>): TestManifest | undefined {
  if (manifest.children.length === 0) return manifest;
  const index = JSON.parse(manifest.bytes.toString()) as Index;
  const going = new Map<string, TestManifest>();
  for (const [position, entry] of index.manifests.entries()) {
    const child = manifest.children[position];
    if (!child || entry.annotations?.[SUBJECT] !== undefined) continue;
    const { os, architecture } = entry.platform ?? { os: '', architecture: '' };
    const isChosen = child.children.length > 0 || wanted.has(`${os}/${architecture}`);
    const kept = isChosen ? narrow(child, wanted) : undefined;
    if (kept) going.set(entry.digest, kept);
  }
  if (going.size === 0) return undefined;
  for (const [position, { digest, annotations }] of index.manifests.entries()) {
    const child = manifest.children[position];
    if (child && going.has(annotations?.[SUBJECT] ?? '')) going.set(digest, child);
  }
  const entries = index.manifests.flatMap((entry): Entry[] => {
    const kept = going.get(entry.digest);
    return kept ? [{ ...entry, digest: kept.digest, size: kept.bytes.length }] : [];
  });
  if (entries.map(({ digest }) => digest).join() === index.manifests.map(({ digest }) => digest).join())
    return manifest;
  const bytes = Buffer.from(JSON.stringify({ ...index, manifests: entries }, null, 2));
  const children = index.manifests.flatMap(({ digest }) => going.get(digest) ?? []);
  return { ...blob(manifest.mediaType, bytes), blobs: [], children };
}
