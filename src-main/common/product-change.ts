import { z } from 'zod';
import { RESOURCE_ACTS } from '../engine/resource-kinds.ts';
import { REPLICATION_GAINS, REPLICATION_LOSSES } from '../engine/vocabulary/replication.ts';
import { accountId, operationId } from './ids.ts';
import { registryPlace } from './place.ts';
import { plan } from './plan.ts';
import { fieldValues, resourceKind, resourceName } from './product.ts';

/** Changes in one plan: they are shown field by field. */
const CHANGES_MAX = 50;

/** What is wanted of a product: fields that are left out stay as they are. */
const wantedChange = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('create'),
    kind: resourceKind,
    project: resourceName.exactOptional(),
    name: z.string().max(512),
    fields: fieldValues,
  }),
  z.object({ act: z.literal('change'), kind: resourceKind, id: resourceName, fields: fieldValues }),
  z.object({ act: z.literal('delete'), kind: resourceKind, id: resourceName }),
  z.object({ act: z.literal('renew'), kind: resourceKind, id: resourceName }),
]);
export type WantedChange = z.infer<typeof wantedChange>;

/** One change of a plan, with what is there before and after: null where nothing is. */
const productChange = z.object({
  act: z.enum(RESOURCE_ACTS),
  kind: resourceKind,
  /** Null: it is to be made. */
  id: resourceName.nullable(),
  name: z.string().max(512),
  project: resourceName.exactOptional(),
  before: fieldValues.nullable(),
  /** Of a secret that is written `HIDDEN_SECRET`. */
  after: fieldValues.nullable(),
  /** Secrets that are written, by their fields: where the process that made the plan holds them in its memory. */
  secrets: z.record(z.string(), z.uuid()).exactOptional(),
});
export type ProductChange = z.infer<typeof productChange>;

/** Changes of what a product manages, at one registry. */
export const productChangeSubject = z.object({
  kind: z.literal('productChange'),
  place: registryPlace,
  changes: z.array(productChange).min(1).max(CHANGES_MAX),
});
export type ProductChangeSubject = z.infer<typeof productChangeSubject>;

/** A line: which of the subject's changes. */
export const productChangeItem = z.object({
  state: z.enum(RESOURCE_ACTS),
  at: z.number().int().nonnegative(),
});

/**
 * What to know before: a secret is shown once, one ends, what comes back has another secret; one is given to the registry, and what
 * comes back has none.
 */
const PRODUCT_CHANGE_NOTES = ['secretOnce', 'secretEnds', 'secretAnew', 'secretGiven', 'secretLost'] as const;

/** A saved synchronisation in rules of a registry's own, with what these do otherwise. */
const handedOver = z.object({
  /** Its name. */
  sync: z.string(),
  /** The other registry as it was added there before; absent: it is made. */
  endpoint: z.string().exactOptional(),
  losses: z.array(z.object({ name: z.enum(REPLICATION_LOSSES), values: z.array(z.string()) })),
  gains: z.array(z.enum(REPLICATION_GAINS)),
});
export type HandedOver = z.infer<typeof handedOver>;

export const productChangePlan = plan.extend({
  subject: productChangeSubject,
  summary: z.object({
    notes: z.array(z.enum(PRODUCT_CHANGE_NOTES)),
    handedOver: handedOver.exactOptional(),
  }),
});
export type ProductChangePlan = z.infer<typeof productChangePlan>;

export const productChangeRequest = z.object({
  accountId,
  changes: z.array(wantedChange).min(1).max(CHANGES_MAX),
});

/** A saved synchronisation that one of its registries is to do itself. */
export const handOverRequest = z.object({
  accountId,
  savedId: z.uuid(),
  /** Of the rule; default: of the synchronisation. */
  name: z.string().max(100).exactOptional(),
  /** Of the rule, what is wanted otherwise: when it runs. */
  fields: fieldValues,
  /** The registry gets the sign-in of the other registry's account, where that has to be added there. */
  givesSignIn: z.boolean(),
});
export type HandOver = Omit<z.infer<typeof handOverRequest>, 'accountId'>;

/** Secrets that an operation was answered with, held in memory until they are asked for. */
export const secretsRequest = z.object({ operationId });

/** Said once: the next who asks gets none. */
export const madeSecrets = z.array(z.object({ name: z.string(), secret: z.string() }));

/** Where they are kept instead: accounts of the same registry. */
export const keepSecretsRequest = secretsRequest.extend({ accountId });
