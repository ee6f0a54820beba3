import type { RegistryError } from '../errors.ts';
import type { ConfigFacts, ManifestFacts } from '../model/facts.ts';
import type { Descriptor } from '../model/manifest.ts';
import type { ListedArtifact } from '../product/abilities.ts';

export interface KnownTag {
  digest: string;
  /** It was looked at since the scan began: before the program ended in the middle, or by a person meanwhile. */
  fresh: boolean;
}

/** What is known of one repository already. */
export interface Known {
  /** Those of the tags whose digest is known. */
  tags(names: readonly string[]): Promise<ReadonlyMap<string, KnownTag>>;
  /** Manifests that its tags, or the indexes of these, name, and of which no facts are known: all that was noted is considered. */
  unread(): Promise<readonly string[]>;
  /** Configs to ask for, of images of which it is not known when they were made and for what: all that was noted is considered. */
  undated(): Promise<readonly Pick<Descriptor, 'digest' | 'size'>[]>;
}

/** Takes what a scan finds in one repository. Each call returns when it may go on: no more waits to be stored than the notes like. */
export interface Notes {
  /** A request ended, however. */
  asked(): void;
  /** Bytes of a manifest or config that came. */
  received(bytes: number): void;
  /** Its tags, as they are listed. */
  names(names: readonly string[]): Promise<void>;
  /** Artifacts as the product lists them. */
  listed(artifacts: readonly ListedArtifact[]): Promise<void>;
  /** What a tag points at; its facts, and those of what is attached to it, were noted before. */
  tag(name: string, digest: string): Promise<void>;
  /** A tag was looked at already. */
  known(): void;
  /** The tag points at what it was known to point at. */
  unchanged(name: string, digest: string): Promise<void>;
  /** A manifest that is there. */
  manifest(facts: ManifestFacts): Promise<void>;
  /** What a config says of the images that have it. */
  config(digest: string, facts: ConfigFacts): Promise<void>;
  /** A config that could not be had, or is none. */
  configFailed(digest: string, error: RegistryError): Promise<void>;
  /** A manifest that is needed and is not there. */
  missing(digest: string): Promise<void>;
  /** A tag or manifest of which nothing could be had: it costs itself only. */
  failed(reference: string, error: RegistryError): Promise<void>;
}

export interface ScannerOptions {
  /** Requests at once; the host may get fewer, see `HostPacing`. */
  concurrency: number;
  /** Manifests are read although the registry counts that as pulls. */
  readManifests: boolean;
  /** Configs of images are read where their manifests are, for their dates and platforms. */
  dates: boolean;
  /** Nothing but what tags point at is looked for. */
  digestsOnly?: boolean;
  /** Repositories may be names of another registry's: one that is refused for want of a sign-in costs itself only, like one that is denied. */
  byName?: boolean;
  signal: AbortSignal;
}
