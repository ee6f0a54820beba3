import { digestOf } from './digest.ts';
import type { Descriptor, RawManifest } from './manifest.ts';
import { OCI_CONFIG, OCI_MANIFEST } from './media-types.ts';

/** The manifest whose tag is on its way out. */
const STANDS_FOR = 'io.wharfinger.placeholder.for';
/** What makes the placeholder one of its kind. */
const UNIQUE = 'io.wharfinger.placeholder.id';

/** A manifest that exists nowhere else, to be put under a tag and deleted by its own digest. */
export interface Placeholder {
  manifest: RawManifest;
  config: Descriptor;
  configBytes: Uint8Array;
}

/**
 * An image without layers that takes the place of `digest` under a tag for as long as it takes to delete it. The same two values give
 * the same bytes for ever, and the values can be read from the bytes: a reader who finds one under a tag knows what was there before.
 */
export function placeholderFor(digest: string, id: string): Placeholder {
  const labels = { [STANDS_FOR]: digest, [UNIQUE]: id };
  const configBytes = encode({
    created: '1970-01-01T00:00:00Z',
    architecture: 'amd64',
    os: 'linux',
    config: { Labels: labels },
    rootfs: { type: 'layers', diff_ids: [] },
    history: [],
  });
  const config = { mediaType: OCI_CONFIG, digest: digestOf(configBytes), size: configBytes.byteLength };
  const bytes = encode({
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config,
    layers: [],
    annotations: labels,
  });
  return { manifest: { digest: digestOf(bytes), mediaType: OCI_MANIFEST, bytes }, config, configBytes };
}

/** Whether annotations or labels are those of a placeholder, so that its bytes are worth reading. */
export function hasPlaceholderNotes(notes: Readonly<Record<string, string>> | null | undefined): boolean {
  return notes?.[STANDS_FOR] !== undefined;
}

/** What a placeholder of ours replaces; undefined for any other manifest. Its bytes prove it, not its words. */
export function readPlaceholder(raw: RawManifest): { digest: string; id: string } | undefined {
  // Other manifests, large ones too, are not parsed for this.
  if (!Buffer.from(raw.bytes.buffer, raw.bytes.byteOffset, raw.bytes.byteLength).includes(STANDS_FOR))
    return undefined;
  let annotations: Record<string, unknown> | undefined;
  try {
    annotations = (
      JSON.parse(new TextDecoder().decode(raw.bytes)) as { annotations?: Record<string, unknown> }
    ).annotations;
  } catch {
    return undefined;
  }
  const [digest, id] = [annotations?.[STANDS_FOR], annotations?.[UNIQUE]];
  if (typeof digest !== 'string' || typeof id !== 'string') return undefined;
  return placeholderFor(digest, id).manifest.digest === raw.digest ? { digest, id } : undefined;
}

function encode(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
