import type { FieldsOf } from '../resource-kinds.ts';
import type { ReplicationDifferenceName } from '../vocabulary/replication.ts';

/** A synchronisation of this app, as a product that copies by itself is asked for it. */
export interface WantedReplication {
  /** The product's registry is the source; else it is the target. */
  readonly pushes: boolean;
  readonly repositories: readonly string[];
  readonly excludeRepositories: readonly string[];
  readonly tags: readonly string[];
  readonly excludeTags: readonly string[];
  /** A range of semantic versions; empty: all tags. */
  readonly versions: string;
  /** Names at the target, as `{repository}` stands for the whole name, `{namespace}` and `{name}` for its parts. */
  readonly rename: string;
  readonly newOnly: boolean;
  readonly prune: boolean;
  readonly attached: boolean;
  readonly foreign: boolean;
  readonly platforms: readonly string[];
}

/** Something that a rule does otherwise, with what it is about: ranges, patterns. */
export interface ReplicationDifference {
  readonly name: ReplicationDifferenceName;
  readonly values: readonly string[];
}

interface Replication {
  /** All of them together; without the endpoint. */
  readonly rules: readonly FieldsOf<'replicationRule'>[];
  readonly differences: readonly ReplicationDifference[];
}

/** Says a synchronisation in rules of the product's own. */
export interface Replicator {
  /** What it calls another product among the endpoints that it offers. */
  providerOf(system: string, offered: readonly string[]): string;
  /** Origin by which it knows the registry of another product at `url`. */
  originOf(system: string, url: string): string;
  /** @throws {RegistryError} `unsupported` where its rules would copy to other places, or cannot name what is meant */
  rulesFor(wanted: WantedReplication): Replication;
}
