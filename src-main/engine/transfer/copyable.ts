import { RegistryError } from '../errors.ts';
import { type Manifest, parseManifest, type RawManifest } from '../model/manifest.ts';

/** @throws {RegistryError} of side `source` for a manifest that no copy could keep as it is */
export function checkCopyable(raw: RawManifest): void {
  const kind = kindOfSource(raw);
  const refuse = (reason: string): RegistryError =>
    new RegistryError('unsupported', '', { reason, side: 'source' });
  if (kind === 'schema1')
    throw refuse(
      'This is an image of the first kind (schema 1); a copy could not keep its signatures and digest.',
    );
  if (kind === 'unknown')
    throw refuse(`The parts of a manifest of the type ${raw.mediaType.slice(0, 120)} are not known.`);
}

function kindOfSource(raw: RawManifest): Manifest['kind'] {
  try {
    return parseManifest(raw).kind;
  } catch (error) {
    throw error instanceof RegistryError ? error.on('source') : error;
  }
}
