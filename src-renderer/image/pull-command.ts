import type { ManifestKind } from '../../src-main/contract/catalog.ts';

/**
 * The command that fetches a manifest, by the tool that understands its kind.
 *
 * @param reference `host/repository:tag` or `host/repository@digest`
 */
export function pullCommand(kind: ManifestKind | undefined, reference: string): string {
  switch (kind) {
    case 'helmChart':
      return `helm pull ${helmReference(reference)}`;
    case 'artifact':
    case 'attestation':
      return `oras pull ${reference}`;
    default:
      return `docker pull ${reference}`;
  }
}

/** `oci://host/repository --version tag`: Helm takes the version apart from the name, and a digest with it. */
export function helmReference(reference: string): string {
  const tagged = /^(.+):([^/:@]+)$/.exec(reference);
  if (!tagged || reference.includes('@')) return `oci://${reference}`;
  return `oci://${tagged[1]} --version ${tagged[2]}`;
}
