import { artifactTypeOf } from '../model/kind.ts';
import { type Descriptor, parseManifest, type RawManifest } from '../model/manifest.ts';

/** A manifest as a list of referrers names it: with the type of the artifact and its annotations. @throws {RegistryError} */
export function descriptorOf(raw: RawManifest): Descriptor {
  const manifest = parseManifest(raw);
  const artifactType =
    manifest.kind === 'image'
      ? artifactTypeOf(manifest)
      : manifest.kind === 'index'
        ? manifest.artifactType
        : undefined;
  const annotations = manifest.kind === 'schema1' ? {} : manifest.annotations;
  return {
    mediaType: raw.mediaType,
    digest: raw.digest,
    size: raw.bytes.byteLength,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}
