import type {
  CollectionCaution,
  CollectionForm,
  CollectionSight,
  CollectionStep,
  CollectionWay,
  GarbageCollection,
} from '../vocabulary/collection.ts';

/** Commands for who is on the registry's host; names of containers and files are the usual ones. */
export interface CollectionCommands {
  readonly form: CollectionForm;
  /** Of the product. */
  readonly version: string;
  /** Says what would go, and changes nothing. */
  readonly dryRun: string;
  /** One after the other. */
  readonly run: readonly string[];
}

/** What is known of a product's garbage collection, from its documentation and from runs of our own (engine/README.md, section 7). */
export interface CollectionFacts {
  /** When deleted content frees its bytes. */
  readonly when: GarbageCollection;
  /** How this app helps with it. */
  readonly way: CollectionWay;
  /** What has to happen, in this order; `gitlabOnline` or else `gitlabCommand`, as it is set up. */
  readonly frees: readonly CollectionStep[];
  readonly seen: readonly CollectionSight[];
  readonly cautions: readonly CollectionCaution[];
  /** Where the product describes it. */
  readonly documentation?: string;
  /** Of way `commands`. */
  readonly commands?: readonly CollectionCommands[];
}

/** Of a service whose provider sees to it. */
export function automatic(documentation?: string): CollectionFacts {
  return {
    when: 'automatic',
    way: 'none',
    frees: ['provider'],
    seen: ['usage'],
    cautions: [],
    ...(documentation === undefined ? {} : { documentation }),
  };
}
