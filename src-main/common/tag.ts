import { z } from 'zod';
import { ATTACHED_KINDS } from '../engine/vocabulary/attached.ts';
import { failure } from './failure.ts';
import { manifestKind, platform } from './image.ts';
import { digest, repositoryPlace, tagName } from './place.ts';
import { byteCount, count, instant } from './units.ts';

/** One page of a streamed list of names. `done` is true on the last one. */
export const tagPage = z.object({
  tags: z.array(tagName),
  count,
  done: z.boolean(),
  /** The registry has not answered yet: this is what was known at that time, and what follows takes its place. */
  seen: instant.exactOptional(),
});
export type TagPage = z.infer<typeof tagPage>;

/** Tags of one repository. */
export const tagsRequest = repositoryPlace.extend({ tags: z.array(tagName).min(1).max(1000) });

/** What a line of a list shows of a manifest. */
const manifestLine = z.object({
  digest,
  mediaType: z.string(),
  kind: manifestKind,
  /** Unique bytes of manifests, configs and layers over all platforms. */
  size: byteCount,
  /** Newest `created` of its platforms' configs or annotations. */
  created: instant.exactOptional(),
  /** When it was pushed to the repository, where the product says so: most do not. */
  pushed: instant.exactOptional(),
  platforms: z.array(platform),
  artifactType: z.string().exactOptional(),
  /** It holds BuildKit attestations. */
  attested: z.boolean(),
  /** What is wrong with a manifest that could not be read, in English. */
  unreadable: z.string().exactOptional(),
});

const tagDetails = manifestLine.extend({
  name: tagName,
  /** What else is known to be attached to it, each kind once: present, and no more than that. Absent where it was not looked for. */
  attached: z.array(z.enum(ATTACHED_KINDS)).exactOptional(),
  /** A rule of the registry keeps the tag as it is. */
  immutable: z.literal(true).exactOptional(),
  /** When the tag was seen to have moved here from another digest. */
  moved: instant.exactOptional(),
});
export type TagDetails = z.infer<typeof tagDetails>;
/** The same whatever tag it is asked by. */
export type TagLine = Omit<TagDetails, 'name'>;

/** Some of a repository's manifests that no tag points at. */
export const untaggedManifests = z.array(manifestLine);
export type UntaggedManifest = z.infer<typeof manifestLine>;

/** One tag's answer: its details, or why there are none (it may have gone meanwhile). */
export const tagAnswer = z.union([
  /** `seen`: the registry is out of reach, and this was so at that time. */
  z.object({ name: tagName, details: tagDetails, seen: instant.exactOptional() }),
  z.object({ name: tagName, failure }),
]);
export type TagAnswer = z.infer<typeof tagAnswer>;

/** What is known of some images, of each once, with its tags: so of thousands of tags a tenth is told. */
export const knownImages = z.array(
  z.object({
    details: tagDetails.omit({ name: true, moved: true }),
    tags: z.array(tagName).min(1),
    /** Those that were seen to have moved here, and when. */
    moved: z.array(z.object({ name: tagName, at: instant })),
  }),
);
export type KnownImages = z.infer<typeof knownImages>;
