import type { ManifestKind } from '../../src-main/common/image.ts';
import { seenText } from './seen-text.ts';

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
      return `oras pull ${shellWord(reference)}`;
    default:
      return `docker pull ${shellWord(reference)}`;
  }
}

/** The command that installs a chart under its own name where a release may be called so. */
export function installCommand(chart: string, reference: string): string {
  const release = RELEASE_NAME.test(chart) ? chart : 'my-release';
  return `helm install ${release} ${helmReference(reference)}`;
}

/** Helm's own rule, as of DNS labels. A chart's name is whatever its maker wrote: options and commands of a shell too. */
const RELEASE_NAME = /^[a-z0-9](?:[-a-z0-9]{0,51}[a-z0-9])?$/;

/** `oci://host/repository --version tag`: Helm takes the version apart from the name, and a digest with it. */
function helmReference(reference: string): string {
  const tagged = /^(.+):([^/:@]+)$/.exec(reference);
  if (!tagged || reference.includes('@')) return shellWord(`oci://${reference}`);
  return `${shellWord(`oci://${tagged[1]}`)} --version ${shellWord(tagged[2] ?? '')}`;
}

/** One word of a command that is pasted into a shell, whatever a registry put into it. */
function shellWord(text: string): string {
  const shown = seenText(text);
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
