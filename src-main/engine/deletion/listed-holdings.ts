import type { ListedArtifact } from '../product/abilities.ts';
import type { Holdings } from './holdings.ts';

/** A manifest as far as a product's list says what it holds. */
interface ListedManifest {
  /** Bytes of it and of all below it, at most. */
  size: number;
  children: readonly string[];
}

/** By digest: artifacts with tags, and what is attached to them. */
export type ListedManifests = ReadonlyMap<string, ListedManifest>;

/** Of one that the list does not have. */
export function holdingsOfFound(artifact: ListedArtifact | undefined, listed: ListedManifests) {
  if (artifact?.size === undefined || !artifact.children) return undefined;
  const { digest, size, children } = artifact;
  return holdingsOf(digest, new Map([...listed, [digest, { size, children }]]));
}

/** @param tagged what tags point at, by HEADs of those that the list does not have */
export function listedManifests(
  artifacts: Iterable<ListedArtifact>,
  tagged: Iterable<{ digest: string; isImage: boolean }>,
): ListedManifests {
  const found = new Map<string, ListedManifest>();
  const attachedOnly = new Set<string>();
  for (const { digest, size, children, attached = [] } of artifacts) {
    if (size !== undefined && children) found.set(digest, { size, children });
    for (const one of attached) {
      attachedOnly.add(one.digest);
      found.set(one.digest, { size: one.size, children: [] });
    }
  }
  // A list of what is attached does not say whether that is an index.
  for (const { digest, isImage } of tagged) if (attachedOnly.has(digest) && !isImage) found.delete(digest);
  return found;
}

/**
 * What a manifest holds at most: its layers are not known one by one, so it is taken to share none. Bytes of children that have no
 * tag are not known for each, and count together.
 */
export function holdingsOf(digest: string, listed: ListedManifests): Holdings | undefined {
  const known = listed.get(digest);
  if (!known) return undefined;
  const children = [...new Set(known.children)];
  const parts = new Map<string, ReadonlyMap<string, number>>();
  let rest = known.size;
  for (const child of children) {
    const size = listed.get(child)?.size;
    if (size === undefined) continue;
    rest -= size;
    parts.set(child, new Map([[child, size]]));
  }
  const own = Math.max(0, rest);
  const complete = parts.size === children.length;
  parts.set(digest, new Map([[digest, complete ? own : 0]]));
  if (!complete) parts.set(`children of ${digest}`, new Map([[`children of ${digest}`, own]]));
  return { contained: new Set(children), parts, replacedBy: undefined, estimated: true };
}
