import { z } from 'zod';
import { ATTACHED_VIAS } from '../engine/vocabulary/attached.ts';
import { PACKAGE_PROBLEMS, PACKAGE_SOURCES, SBOM_FORMATS } from '../engine/vocabulary/packages.ts';
import { contentPath } from './content.ts';
import { failure } from './failure.ts';
import { filesRequest } from './files.ts';
import { digest } from './place.ts';
import { byteCount, count, instant, page } from './units.ts';

/** Where packages are read from: an SBOM that is attached to the image, or the files in its layers. */
const packageSource = z.enum(PACKAGE_SOURCES);
export type PackageSource = z.infer<typeof packageSource>;

/** Of one image; without a source an attached SBOM that lists packages is preferred. */
export const packagesRequest = filesRequest.extend({
  /** The index that it was chosen from, to which SBOMs may be attached. */
  index: digest.exactOptional(),
  source: packageSource.exactOptional(),
});

const layerIndex = count;

const imagePackage = z.object({
  /** Of package URLs: `deb`, `npm`, …; `generic` where an SBOM does not say. */
  type: z.string(),
  name: z.string(),
  /** Empty where none is stated. */
  version: z.string(),
  /** As stated: an expression, a name, an address. */
  licence: z.string().exactOptional(),
  purl: z.string().exactOptional(),
  /** The layer that brought it, from the base on, which is 0; an SBOM may not say. */
  layer: layerIndex.exactOptional(),
  /** Files that name it. */
  paths: z.array(z.string()).readonly(),
});
export type ImagePackage = z.infer<typeof imagePackage>;

/** Something that was not read, or not wholly. */
const packageProblem = z.object({
  code: z.enum(PACKAGE_PROBLEMS),
  /** In English, with the number where a bound was passed. */
  reason: z.string(),
  path: z.string().exactOptional(),
  layer: layerIndex.exactOptional(),
});
export type PackageProblem = z.infer<typeof packageProblem>;

/** An SBOM that is attached: that it is right is not known, nor who made it. */
const attachedSbom = z.object({
  digest,
  size: byteCount,
  /** The manifest that holds it. */
  manifest: digest,
  via: z.enum(ATTACHED_VIAS),
  /** What it is attached to. */
  subject: digest,
  format: z.enum(SBOM_FORMATS).exactOptional(),
  /** Of the format. */
  version: z.string().exactOptional(),
  created: instant.exactOptional(),
  /** What made it. */
  tool: z.string().exactOptional(),
  packages: count,
  /** Its packages are those that are shown. */
  used: z.boolean(),
  /** Why it was not read. */
  problem: packageProblem.pick({ code: true, reason: true }).exactOptional(),
});
export type AttachedSbom = z.infer<typeof attachedSbom>;

const packageSummary = z.object({
  /** Of the image. */
  digest,
  source: packageSource,
  packages: count,
  /** Most packages first. */
  types: z.array(z.object({ type: z.string(), packages: count })).readonly(),
  /** The distribution that its files are of. */
  system: z
    .object({ id: z.string(), version: z.string().exactOptional(), name: z.string().exactOptional() })
    .exactOptional(),
  sboms: z.array(attachedSbom).readonly(),
  problems: z.array(packageProblem).readonly(),
  /** Why a layer was not read that may be read later: the registry was not reached, or would not answer. */
  unreached: failure.exactOptional(),
});
export type PackageSummary = z.infer<typeof packageSummary>;

/** How far the search is: bytes of the layer that is read. It ends with what was found. */
export const packageSearch = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reading'),
    layer: layerIndex,
    layers: count,
    read: byteCount,
    size: byteCount,
  }),
  z.object({ kind: z.literal('found'), summary: packageSummary }),
]);
export type PackageSearch = z.infer<typeof packageSearch>;

/** Packages whose name, version, licence or type contains every word. */
export const packagesListing = packagesRequest.extend({
  filter: z.string().max(200).exactOptional(),
  type: z.string().max(100).exactOptional(),
  ...page.shape,
});
export const packageList = z.object({ items: z.array(imagePackage), total: count });
export type PackageList = z.infer<typeof packageList>;

const sbomFormat = z.enum(SBOM_FORMATS);
export type SbomFormat = z.infer<typeof sbomFormat>;

/** The file that it is written to: of this machine, or one of `content.prepareDownload`. */
export const packagesExport = packagesRequest.extend({ format: sbomFormat, to: contentPath.shape.path });
