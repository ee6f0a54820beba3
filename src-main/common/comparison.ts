import { z } from 'zod';
import { ATTACHED_KINDS } from '../engine/vocabulary/attached.ts';
import {
  COMPARED_LAYERS,
  COMPARISON_ASPECTS,
  COMPARISON_VERDICTS,
  CONFIG_FIELDS,
  FILE_ASPECTS,
  PACKAGE_CHANGES,
} from '../engine/vocabulary/comparison.ts';
import { FILE_CHANGES } from '../engine/vocabulary/layers.ts';
import { MANIFEST_KINDS } from '../engine/vocabulary/manifests.ts';
import { PACKAGE_SOURCES } from '../engine/vocabulary/packages.ts';
import { contentPath } from './content.ts';
import { failure } from './failure.ts';
import { fileEntry, filesRequest } from './files.ts';
import { platform } from './image.ts';
import { LANGUAGES } from './languages.ts';
import { digest } from './place.ts';
import { byteCount, count, instant, page } from './units.ts';

/** An image or an index, by tag or digest, in a registry or outside. */
const comparedImage = filesRequest.shape.image;

export const comparisonRequest = z.object({
  left: comparedImage,
  right: comparedImage,
  /** Of indexes only this platform; `os/architecture[/variant]`. */
  platform: z.string().max(200).exactOptional(),
  /** Reads the layers that differ, so that their files are compared. */
  files: z.boolean().default(false),
  /** Reads the layers that packages are found in. */
  packages: z.boolean().default(false),
  /** Reads the layers that both have, too, where what was below a path is not known otherwise. */
  shared: z.boolean().default(false),
});
export type ComparisonRequest = z.infer<typeof comparisonRequest>;

const side = z.enum(['left', 'right']);
export type ComparisonSide = z.infer<typeof side>;

const verdict = z.enum(COMPARISON_VERDICTS);
const aspects = z.array(z.enum(COMPARISON_ASPECTS)).readonly();

/** What is compared, as it was found. */
const comparedSide = z.object({
  /** As references name it: `host/repository:tag`, `oci:/images:tag`. */
  reference: z.string(),
  digest,
  mediaType: z.string(),
  kind: z.enum(MANIFEST_KINDS),
  /** Unique bytes of manifests, configs and layers over all platforms. */
  size: byteCount,
  created: instant.exactOptional(),
});
export type ComparedSide = z.infer<typeof comparedSide>;

const layerOfSide = z.object({
  /** From the base on, which is 0. */
  index: count,
  digest,
  /** Bytes of the blob. */
  size: byteCount,
  mediaType: z.string(),
  /** Digest without the compression; absent where the configuration does not name it. */
  diffId: digest.exactOptional(),
  createdBy: z.string().exactOptional(),
});

/** Layers aligned: what both have stands in one row. */
const comparedLayer = z.object({
  state: z.enum(COMPARED_LAYERS),
  left: layerOfSide.exactOptional(),
  right: layerOfSide.exactOptional(),
  /** The instruction that made it seems to hold a secret: not shown before it is asked for. */
  secret: z.literal(true).exactOptional(),
});
export type ComparedLayer = z.infer<typeof comparedLayer>;

const configValue = z.union([z.string(), z.array(z.string()).readonly(), z.null()]);

/** What of the configuration differs; null where a side has none. */
const configDifference = z.object({
  field: z.enum(CONFIG_FIELDS),
  /** The name of a variable, or of a label. */
  key: z.string().exactOptional(),
  left: configValue,
  right: configValue,
  /** It looks like a secret: not shown before it is asked for. */
  secret: z.boolean(),
});
export type ConfigDifference = z.infer<typeof configDifference>;

const historyStep = z.object({
  createdBy: z.string().exactOptional(),
  created: instant.exactOptional(),
  comment: z.string().exactOptional(),
  layer: count.exactOptional(),
});

/** Steps of the builds aligned by what they did; `dates`: the same at another time. */
const comparedStep = z.object({
  state: z.enum(['same', 'dates', 'onlyLeft', 'onlyRight']),
  left: historyStep.exactOptional(),
  right: historyStep.exactOptional(),
  secret: z.literal(true).exactOptional(),
});
export type ComparedStep = z.infer<typeof comparedStep>;

const comparedBytes = z.object({
  /** Of config and layers, each blob once. */
  left: byteCount,
  right: byteCount,
  /** Of blobs that both have. */
  shared: byteCount,
  /** Of blobs that one of them has. */
  differing: byteCount,
});

/** Paths that differ, counted; of those that changed the bytes before and after. */
const changeSums = z.object({
  added: count,
  removed: count,
  changed: count,
  bytes: z.object({ added: byteCount, removed: byteCount, changedLeft: byteCount, changedRight: byteCount }),
});

/** A directory by which the images grew or shrank: bytes of the files in it that differ. */
const sizeShare = z.object({ path: z.string(), left: byteCount, right: byteCount, files: count });

/** How the files differ, counted; the rows are asked for by page. */
const fileDifferences = changeSums.extend({
  /** Of those that changed the ones of which only the times differ. */
  timesOnly: count,
  /** Rows that may be changes of what a layer brought that both have, and that was not read. */
  uncertain: count,
  /** Layers that both have and that were not read; `shared` reads them. */
  unreadShared: z.array(digest).readonly(),
  /** Layers that could not be read: nothing is known of their files. */
  failed: z.array(z.object({ side, layer: count, digest, failure })).readonly(),
  /** Where the difference in size comes from, most first. */
  sizes: z.array(sizeShare).readonly(),
});
export type FileDifferences = z.infer<typeof fileDifferences>;

const packageDifference = z.object({
  change: z.enum(PACKAGE_CHANGES),
  type: z.string(),
  name: z.string(),
  /** Versions that a side has; none where it has not the package. */
  left: z.array(z.string()).readonly(),
  right: z.array(z.string()).readonly(),
});
export type PackageDifference = z.infer<typeof packageDifference>;

const packageSide = z.object({ source: z.enum(PACKAGE_SOURCES), packages: count, problems: count });

const packageDifferences = z.object({
  /** Only on the right, only on the left, with other versions. */
  added: z.array(packageDifference).readonly(),
  removed: z.array(packageDifference).readonly(),
  changed: z.array(packageDifference).readonly(),
  /** Those that both have in the same version, and where they were found; absent where both have the same layers: none was looked into. */
  read: z.object({ same: count, left: packageSide, right: packageSide }).exactOptional(),
  /** More than are listed. */
  leftOut: count,
});
export type PackageDifferences = z.infer<typeof packageDifferences>;

const attachedManifest = z.object({
  digest,
  artifactType: z.string().exactOptional(),
  created: instant.exactOptional(),
  /** Formats of its documents: SPDX, Cosign. */
  formats: z.array(z.string()).readonly(),
});

/** What is attached to the images: that it is there is all that is known, nothing is verified. */
const attachedDifference = z.object({
  kind: z.enum(ATTACHED_KINDS),
  state: z.enum(['same', 'different', 'onlyLeft', 'onlyRight']),
  left: z.array(attachedManifest).readonly(),
  right: z.array(attachedManifest).readonly(),
});
export type AttachedDifference = z.infer<typeof attachedDifference>;

const attachedDifferences = z.object({
  kinds: z.array(attachedDifference).readonly(),
  /** Places that may name more and could not be read. */
  unseen: z.array(z.object({ side, place: z.string(), failure })).readonly(),
});

/** Two images of one platform, or one that the other side has not. */
const comparedPlatform = z.object({
  platform: platform.exactOptional(),
  state: z.enum(['both', 'onlyLeft', 'onlyRight']),
  /** Of the manifests; absent where a side has none. */
  left: digest.exactOptional(),
  right: digest.exactOptional(),
  verdict,
  same: z.boolean(),
  /** In what they differ, and what was not looked at or could not be read. */
  differs: aspects,
  unknown: aspects,
  layers: z.array(comparedLayer).readonly(),
  config: z.array(configDifference).readonly(),
  history: z.array(comparedStep).readonly(),
  bytes: comparedBytes,
  /** Where they were compared. */
  files: fileDifferences.exactOptional(),
  packages: packageDifferences.exactOptional(),
});
export type ComparedPlatform = z.infer<typeof comparedPlatform>;

const comparison = z.object({
  left: comparedSide,
  right: comparedSide,
  /** Of all platforms. */
  verdict,
  /** What runs is the same: `identical`, or `sameContent`. */
  same: z.boolean(),
  differs: aspects,
  unknown: aspects,
  bytes: comparedBytes,
  platforms: z.array(comparedPlatform).readonly(),
  attached: attachedDifferences,
});
export type Comparison = z.infer<typeof comparison>;

/** How far it is: bytes of the layer that is read. It ends with what was found. */
export const comparisonStep = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reading'),
    side,
    platform: platform.exactOptional(),
    layer: digest,
    read: byteCount,
    size: byteCount,
    /** Layers that were read of those that are to be. */
    done: count,
    layers: count,
  }),
  z.object({ kind: z.literal('compared'), comparison }),
]);
export type ComparisonStep = z.infer<typeof comparisonStep>;

/** Images of one platform: of indexes their children, by the digests of `platforms`. */
const pair = comparisonRequest.pick({ left: true, right: true, shared: true });

/** Which file differences: by kind, by words in their paths. */
export const foldersRequest = pair.extend({
  change: z.enum(FILE_CHANGES).exactOptional(),
  filter: z.string().max(200).exactOptional(),
  /** Those of which only the times differ as well. */
  times: z.boolean().default(false),
});

export const fileDifferencesRequest = foldersRequest.extend({
  /** In the order of the tree of `folders`, else by path. */
  tree: z.boolean().default(false),
  ...page.shape,
});

/**
 * A folder with paths that differ in it, and what these come to with all that is further down. Folders come from the root, each
 * followed by those in it; rows of files in the same order: of a folder its own, those of its folders, then those right in it.
 */
const comparedFolder = changeSums.extend({
  /** From 0 on, which is the root. */
  level: count,
  /** Within the folder above; of several where each holds nothing but the next: `usr/lib`. */
  name: z.string(),
  /** The folder itself differs: it has a row. */
  own: z.boolean(),
  /** Rows right in it. */
  files: count,
});
export type ComparedFolder = z.infer<typeof comparedFolder>;
export const comparedFolders = z.array(comparedFolder).readonly();

const comparedFile = fileEntry
  .pick({ type: true, size: true, mode: true, uid: true, gid: true, modified: true, link: true, layer: true })
  .extend({
    /** Of a file its content's. */
    sha256: digest.exactOptional(),
  });
export type ComparedFile = z.infer<typeof comparedFile>;

const fileDifference = z.object({
  path: z.string(),
  change: z.enum(FILE_CHANGES),
  /** What differs, of what both have. */
  aspects: z.array(z.enum(FILE_ASPECTS)).readonly(),
  left: comparedFile.exactOptional(),
  right: comparedFile.exactOptional(),
  /** It may be a change of what a shared layer brought that was not read. */
  uncertain: z.literal(true).exactOptional(),
});
export type FileDifference = z.infer<typeof fileDifference>;

export const fileDifferenceList = z.object({ items: z.array(fileDifference).readonly(), total: count });
export type FileDifferenceList = z.infer<typeof fileDifferenceList>;

export const textComparisonRequest = pair.extend({ path: z.string().max(4096) });

const textLine = z.object({ state: z.enum(['same', 'onlyLeft', 'onlyRight']), text: z.string() });
const textHunk = z.object({
  /** The number of the first line, from 1. */
  left: count,
  right: count,
  lines: z.array(textLine).readonly(),
});
export type TextHunk = z.infer<typeof textHunk>;

const comparedContent = z.object({ size: byteCount, sha256: digest.exactOptional() });
/** One file of both; a side that has none is as an empty one. */
export const textComparison = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), hunks: z.array(textHunk).readonly() }),
  z.object({
    kind: z.enum(['binary', 'tooLarge']),
    left: comparedContent.exactOptional(),
    right: comparedContent.exactOptional(),
  }),
]);
export type TextComparison = z.infer<typeof textComparison>;

export const REPORT_FORMATS = ['markdown', 'html'] as const;
/** The file that it is written to: of this machine, or one of `content.prepareDownload`. Secrets are masked unless they are asked for. */
export const comparisonReport = comparisonRequest.extend({
  format: z.enum(REPORT_FORMATS),
  secrets: z.boolean().default(false),
  language: z.enum(LANGUAGES).default('en'),
  to: contentPath.shape.path,
});
export type ReportFormat = (typeof REPORT_FORMATS)[number];
