import { z } from 'zod';
import {
  FILE_CHANGES,
  FILE_TYPES,
  LAYER_STATES,
  LAYER_TOCS,
  LAYER_WARNINGS,
} from '../engine/vocabulary/layers.ts';
import { contentPath, contentPlace } from './content.ts';
import { failure } from './failure.ts';
import { accountId } from './ids.ts';
import { digest, manifestReference, repositoryName } from './place.ts';
import { byteCount, count, instant, page } from './units.ts';

/** One image (no index) of an account, or of a place outside registries, where its repository may be empty. */
const image = z.union([
  z.object({ accountId, repository: repositoryName, reference: manifestReference }),
  z.object({ place: contentPlace, repository: z.string().max(255), reference: manifestReference }),
]);
export type FilesImage = z.infer<typeof image>;

export const filesRequest = z.object({ image });

/** Of a layer, from the base on, which is 0. */
const layerIndex = count;
/** Parts joined by slashes, without one at its ends; empty is the root. */
const path = z.string().max(4096);

const layerWarning = z.enum(LAYER_WARNINGS);
export type LayerWarning = z.infer<typeof layerWarning>;

/** What is known of the files of a layer. */
const layerFiles = z.object({
  digest,
  /** Bytes of the blob. */
  size: byteCount,
  mediaType: z.string(),
  state: z.enum(LAYER_STATES),
  /** Once it was read: entries of the archive. */
  entries: count.exactOptional(),
  /** Bytes without compression; where a table of contents was read, those of the files. */
  bytes: byteCount.exactOptional(),
  /** Only its table of contents was read, and not the layer. */
  toc: z.enum(LAYER_TOCS).exactOptional(),
  warnings: z.array(layerWarning).readonly(),
  /** Why nothing of it could be read; the other layers are shown without it. */
  failure: failure.exactOptional(),
});
export type LayerFiles = z.infer<typeof layerFiles>;

export const imageFiles = z.object({
  /** Of the manifest. */
  digest,
  layers: z.array(layerFiles).readonly(),
});
export type ImageFiles = z.infer<typeof imageFiles>;

/** Which layers; without them all. */
export const filesReading = filesRequest.extend({ layers: z.array(layerIndex).max(10_000).optional() });

/** How far the reading of a layer is; `read` is the whole size when it ended, well or not. */
export const layerReading = z.object({ layer: layerIndex, read: byteCount, size: byteCount });
export type LayerReading = z.infer<typeof layerReading>;

/** Paths that a layer adds, changes and removes, without directories. */
const layerCounts = z.object({ added: count, changed: count, removed: count });
export type LayerCounts = z.infer<typeof layerCounts>;

/** Of the layers from the base on, up to the first that was not read. */
export const imageChanges = z.object({ layers: z.array(layerCounts).readonly() });

const fileType = z.enum(FILE_TYPES);
const fileChange = z.enum(FILE_CHANGES);

export const fileEntry = z.object({
  name: z.string(),
  path: z.string(),
  type: fileType,
  /** Bytes of a file, 0 of all else. */
  size: byteCount,
  /** Permissions with the three bits above them: 0o755, 0o1777. */
  mode: count,
  uid: count,
  gid: count,
  /** Absent for a directory that only the paths in it show. */
  modified: instant.exactOptional(),
  /** Of a symbolic link where it leads, of a hard link the path that it shares its content with. */
  link: z.string().exactOptional(),
  /** Which layer brought it as it is. */
  layer: layerIndex,
  /** In the view of one layer: what it did; absent for a directory that is only on the way. */
  change: fileChange.exactOptional(),
  /** Of a directory in lists: bytes of the files below it, and paths that are no directories; in the view of one layer those it brought. */
  below: z.object({ bytes: byteCount, files: count }).exactOptional(),
});
export type FileEntry = z.infer<typeof fileEntry>;

/** The image as it is with a layer and all below it. */
const at = layerIndex;

/** `merged`: what is there; `layer`: what the layer `at` says, with what it removed. Layers that were not read yet are read first. */
export const filesListing = filesRequest.extend({
  at,
  view: z.enum(['merged', 'layer']),
  path,
  ...page.shape,
});
export const fileList = z.object({ entries: z.array(fileEntry).readonly(), total: count });
export type FileList = z.infer<typeof fileList>;

/** Paths that match `*`, `**`, `?`, `[…]` and `{…}`; a pattern without a slash is matched against names. */
export const filesSearch = filesRequest.extend({
  at,
  glob: z.string().min(1).max(500),
  limit: z.number().int().min(1).max(1000),
});
export const foundFiles = z.object({
  entries: z.array(fileEntry).readonly(),
  /** There are more than were asked for. */
  more: z.boolean(),
});
export type FoundFiles = z.infer<typeof foundFiles>;

export const filesWaste = filesRequest.extend(page.shape);
/** As `dive` counts it: `efficiency` is 1 where nothing is wasted. */
export const wastedFiles = z.object({
  wastedBytes: byteCount,
  efficiency: z.number().min(0).max(1),
  /** Most bytes first: a path, the layers that have or remove it, and the bytes of all of them. */
  items: z
    .array(z.object({ path: z.string(), layers: z.array(layerIndex).readonly(), bytes: byteCount }))
    .readonly(),
  total: count,
});
export type WastedFiles = z.infer<typeof wastedFiles>;

const filePlace = filesRequest.extend({ at, path });
export const fileOpening = filePlace;

const openedFile = { size: byteCount, sha256: digest, layer: layerIndex };
/** The content of a file, links followed: its first megabyte where it is a text, all of a picture. */
export const fileContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), truncated: z.boolean(), ...openedFile }),
  z.object({
    kind: z.literal('picture'),
    /** Of a kind that browsers show and that runs no code. */
    mediaType: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
    /** Base64. */
    data: z.string(),
    ...openedFile,
  }),
  z.object({ kind: z.literal('binary'), ...openedFile }),
]);
export type FileContent = z.infer<typeof fileContent>;

/**
 * Where a file or a directory is saved: `to` is a path of this machine that the user chose, or one of `content.prepareDownload`. A file
 * is written as it is; a directory as a tar archive, or as `folder` into a folder that is not there yet or empty.
 */
export const fileSaving = filePlace.extend({
  to: contentPath.shape.path,
  folder: z.boolean().default(false),
});
export const savedFiles = z.object({
  files: count,
  bytes: byteCount,
  /** Devices and pipes, which are not made, and links that would lead out of the folder. */
  leftOut: count,
});
export type SavedFiles = z.infer<typeof savedFiles>;
