import { z } from 'zod';
import { byteCount, instant } from './units.ts';

/** Where images lie outside registries, as its references name it (`oci:DIR`, `docker-daemon:`). */
export const contentPlace = z.union([
  z.object({ kind: z.enum(['ociLayout', 'ociArchive', 'dockerArchive']), path: z.string().min(1).max(4096) }),
  /** The container engine of this machine, by Docker's API. */
  z.object({ kind: z.literal('engine') }),
]);
export type ContentPlace = z.infer<typeof contentPlace>;

/** An image of a container engine. */
export const engineImage = z.object({
  /** Digest of its config. */
  id: z.string(),
  /** As the engine writes them (`quay.io/team/app:1.0`); none for what lost its name. */
  names: z.array(z.string()),
  /** Bytes unpacked. */
  size: byteCount,
  created: instant,
});
export type EngineImage = z.infer<typeof engineImage>;

/** A name of an image in a place outside registries; the repository is empty where there is a tag only. */
const imageName = z.object({ repository: z.string(), tag: z.string() });
export type ImageName = z.infer<typeof imageName>;

/** A file or folder of this machine: dropped, chosen, or what the browser host received. */
export const contentPath = z.object({ path: z.string().min(1).max(4096) });

/** What lies there and its images by name; one without a name is found by `digest`, where it is the only one. */
export const foundContent = z.object({
  place: contentPlace,
  names: z.array(imageName).readonly(),
  digest: z.string().exactOptional(),
});

/** Of one file or folder, without a path: it means the same on every system and in a header. */
export const fileName = z.string().regex(/^\w[\w.-]{0,199}$/);

/** What an archive is called that a browser will download. */
export const downloadName = z.object({ name: fileName });

/** An archive that was written to be downloaded: its path, and the ticket by which a browser gets it once. */
export const readyDownload = contentPath.extend({ ticket: z.string() });
export type ReadyDownload = z.infer<typeof readyDownload>;
