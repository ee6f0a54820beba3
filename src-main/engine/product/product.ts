import type { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Ability } from '../vocabulary/abilities.ts';
import type { DiagnosisFinding } from '../vocabulary/connection.ts';
import type { Evidence } from '../vocabulary/products.ts';
import type { Abilities } from './abilities.ts';
import type { CollectionFacts } from './collection.ts';

/** What may show which product a registry is. */
export interface Traces {
  /** `host[:port]` as in references. */
  readonly host: string;
  /** Headers of a reply to `/v2/`. */
  readonly header: (name: string) => string | undefined;
  readonly tokenService: { readonly realm: URL; readonly service: string | undefined } | undefined;
}

export interface Recognition {
  readonly by: Evidence;
  /** Of the product, where it says so. */
  readonly version?: string;
}

/** What is known of a product from its documentation and from measurements (engine/README.md, section 8). */
interface Facts {
  /** Whether `_catalog` answers an ordinary user. */
  readonly lists: Ability;
  /** Whether manifests can be deleted through the registry's protocol. */
  readonly deletes: Ability;
  /** Whether the protocol can delete a tag and keep its manifest. */
  readonly deletesTagAlone: Ability;
  readonly referrers: Ability;
  readonly garbageCollection: CollectionFacts;
  /** Whatever is attached to a manifest (signatures, SBOMs) is deleted along with it, and no reply mentions it. */
  readonly deletesAttached?: true;
  /** What a tag names goes when the tag moves and no other names it: nothing is kept there without a tag but what was put so. */
  readonly movedTagTakesManifest?: true;
  /** Each manifest that is read counts as a pull; HEADs and its own API do not. */
  readonly countsPulls?: true;
  /** `byRepository`: it asks everybody to sign in at `/v2/`, and gives its public images to anyone all the same. */
  readonly letsAnonymousIn?: 'byRepository';
  /** Bytes of a blob that it takes in one request; absent where it takes any. */
  readonly uploadChunk?: number;
}

/**
 * A kind of registry: how it is recognised, what is known of it, and what it can do beside the registry's protocol. One folder of
 * `systems/` each. Nothing outside that folder asks for its id: what is done differently is decided by facts and abilities.
 */
export interface Product {
  readonly id: string;
  readonly facts: Facts;
  /** Whether its host's name alone shows it. */
  readonly isHost?: (name: string) => boolean;
  /** What of a reply to `/v2/` shows it; undefined where nothing does. */
  readonly recognise?: (traces: Traces) => Recognition | undefined;
  /** Asks the registry where a reply shows nothing for certain. To be refused is an answer. */
  readonly confirm?: (
    client: RegistryClient,
    traces: Traces,
    signal: AbortSignal | undefined,
  ) => Promise<Recognition | undefined>;
  /** Its version, where what shows the product does not say it. To be refused is an answer. */
  readonly version?: (client: RegistryClient, signal: AbortSignal | undefined) => Promise<string | undefined>;
  /** What it can do by an API of its own, for one client. */
  readonly abilities?: (client: RegistryClient) => Abilities;
  /** Why a sign-in is refused that may be right, where the product knows more. @throws {RegistryError} where it does not */
  readonly whyRefused?: (
    client: RegistryClient,
    signal: AbortSignal | undefined,
  ) => Promise<DiagnosisFinding | undefined>;
  /** Whether a user of this name is a robot account, which is refused once it has ended. */
  readonly isRobot?: (username: string) => boolean;
  /** Where a path of the registry's protocol is, where that is elsewhere than with other products; undefined: where it says. */
  readonly route?: (path: string) => string | undefined;
  /** What a failed write means, where the product's own words do not say it; undefined: nothing else than it says. */
  readonly explainWrite?: (failure: RegistryError, repository: string) => RegistryError | undefined;
}
