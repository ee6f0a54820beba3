import { z } from 'zod';
import { FILE_TYPES } from '../engine/vocabulary/layers.ts';
import { MANIFEST_KINDS } from '../engine/vocabulary/manifests.ts';
import { failure } from './failure.ts';
import { accountId } from './ids.ts';
import { imageRequest, platform } from './image.ts';
import { digest, repositoryName, tagName } from './place.ts';
import { byteCount, count, instant, page, share } from './units.ts';

/** What a digest is of; `unread`: a manifest that was not read, `diffId`: a layer without its compression. */
export const DIGEST_KINDS = [...MANIFEST_KINDS, 'unread', 'config', 'layer', 'other', 'diffId'] as const;

const text = z.string().max(300);

/** A manifest in a repository, of an account or, where only the command line was there, of a registry without one. */
const foundPlace = z.object({
  accountId: accountId.exactOptional(),
  /** `host[:port]` */
  host: z.string(),
  repository: repositoryName,
  digest,
  platforms: z.array(platform).readonly(),
  /** The first of those that lead to it, through whatever index, by name. */
  tags: z.array(tagName).readonly(),
  moreTags: count,
});
export type FoundPlace = z.infer<typeof foundPlace>;

const packageVersion = z.object({ type: z.string(), name: z.string(), version: z.string() });
export type PackageVersion = z.infer<typeof packageVersion>;

/** What is looked for: a digest, itself and what holds it, or images with a package. */
const sought = z.union([z.object({ digest }), z.object({ package: packageVersion })]);
export type Sought = z.infer<typeof sought>;

export const placesRequest = z.object({ of: sought, ...page.shape });
export const foundManifests = z.object({ items: z.array(foundPlace).readonly(), total: count });
export type FoundManifests = z.infer<typeof foundManifests>;

/** Six digits of it at least. */
export const digestsRequest = z.object({ text });
const foundDigest = z.object({
  digest,
  kind: z.enum(DIGEST_KINDS),
  /** Absent where nothing said how many. */
  size: byteCount.exactOptional(),
});
export type FoundDigest = z.infer<typeof foundDigest>;
export const foundDigests = z.object({ items: z.array(foundDigest).readonly() });

/** `log4j-core`, `log4j-core < 2.17`: with versions the name has to be whole. */
export const packagesSearch = z.object({ text, type: z.string().max(100).exactOptional(), ...page.shape });
const foundPackage = packageVersion.extend({
  /** That have it, counted up to a hundred. */
  images: count,
  moreImages: z.boolean(),
  /** Whether its version is one that is asked for cannot be said: it is none in the order of its ecosystem. */
  uncertain: z.literal(true).exactOptional(),
});
export type FoundPackage = z.infer<typeof foundPackage>;
export const foundPackages = z.object({
  /** By name, newest versions first; uncertain ones last. */
  items: z.array(foundPackage).readonly(),
  total: count,
  /** More names contain it than were looked at. */
  more: z.boolean(),
  /** Types of all that were found. */
  types: z.array(z.string()).readonly(),
});
export type FoundPackages = z.infer<typeof foundPackages>;

/** A pattern (`*.jar`, `etc/**`), a part of a path, or the SHA-256 of a file's content. */
export const fileSearch = z.object({ text: text.min(1) });
const layerFile = z.object({ layer: digest, path: z.string(), type: z.enum(FILE_TYPES), size: byteCount });
export type LayerFile = z.infer<typeof layerFile>;
/** Of layers that were read, some at a time. */
export const foundLayerFiles = z.object({
  files: z.array(layerFile).readonly(),
  /** Layers whose files are known, and how many of these were looked through. */
  layers: share,
  /** Files of these of which it is not known what is in them, where content is looked for. */
  unsummed: count,
  /** There are more than are shown: the search ended. */
  more: z.boolean(),
});
export type FoundLayerFiles = z.infer<typeof foundLayerFiles>;

/** What images are looked into for; `files`: all that is in layers that nobody has read. */
export const LOOKS = ['packages', 'files'] as const;
export type LookedFor = (typeof LOOKS)[number];

/** One registry, or all. */
export const lookedRequest = z.object({ accountId: accountId.exactOptional() });
export const lookRequest = lookedRequest.extend({ what: z.enum(LOOKS).default('packages') });

/** Layers of images whose files are not known: nothing can be found in them. */
export const unreadLayers = z.object({ images: count, layers: count, bytes: byteCount });
export type UnreadLayers = z.infer<typeof unreadLayers>;

/** Into how many images somebody has looked for packages: in the others nothing can be found. */
export const lookedInto = z.object({
  images: count,
  looked: count,
  /** Of those looked into, the ones of which something could not be read. */
  partly: count,
  /** Manifests that no scan has read. */
  unread: count,
  /** Bytes of layers that looking into the others may read at most, each layer once. */
  bytes: byteCount,
});
export type LookedInto = z.infer<typeof lookedInto>;

const LOOKING_STATES = ['running', 'stopped', 'done', 'failed'] as const;

/** Looking into images, in the background; what was looked into stays. */
export const looking = z.object({
  id: z.string(),
  what: z.enum(LOOKS),
  /** Absent: all. */
  accountId: accountId.exactOptional(),
  status: z.enum(LOOKING_STATES),
  images: share,
  /** Images that could not be looked into, and why the first of them could not. */
  failed: count,
  failure: failure.exactOptional(),
  /** What is looked into now. */
  repository: z.string().exactOptional(),
});
export type Looking = z.infer<typeof looking>;

export const baseRequest = imageRequest.extend({ index: digest.exactOptional() });

const update = z.object({
  accountId: accountId.exactOptional(),
  host: z.string(),
  repository: repositoryName,
  tag: tagName,
  /** That the tag points at now. */
  digest,
  created: instant.exactOptional(),
  /** When it was looked at. */
  seen: instant,
});
export type BaseUpdate = z.infer<typeof update>;

/** What an image was built on. */
export const imageBase = z.object({
  /** Of the image. */
  digest,
  layers: count,
  /** As the image says: nobody has verified it. `tag`: whether its tag points there still, as far as it was seen. */
  stated: z
    .object({
      name: z.string().exactOptional(),
      digest: z.string().exactOptional(),
      tag: z.enum(['same', 'moved', 'unknown']),
    })
    .exactOptional(),
  /** The image of scanned registries that has the most of its first layers, and no other ones. */
  found: z
    .object({
      digest,
      layers: count,
      bytes: byteCount,
      created: instant.exactOptional(),
      places: z.array(foundPlace.omit({ digest: true, platforms: true })).readonly(),
    })
    .exactOptional(),
  /** Tags that pointed at what it was built on and point elsewhere now: the newest first. */
  updates: z.array(update).readonly(),
});
export type ImageBase = z.infer<typeof imageBase>;
