import { z } from 'zod';
import { RESOURCE_ACTS } from '../engine/resource-kinds.ts';
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
  after: fieldValues.nullable(),
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

/** What to know before: a secret is shown once, one ends, what comes back has another secret. */
const PRODUCT_CHANGE_NOTES = ['secretOnce', 'secretEnds', 'secretAnew'] as const;

export const productChangePlan = plan.extend({
  subject: productChangeSubject,
  summary: z.object({ notes: z.array(z.enum(PRODUCT_CHANGE_NOTES)) }),
});
export type ProductChangePlan = z.infer<typeof productChangePlan>;

export const productChangeRequest = z.object({
  accountId,
  changes: z.array(wantedChange).min(1).max(CHANGES_MAX),
});

/** Secrets that an operation was answered with, held in memory until they are asked for. */
export const secretsRequest = z.object({ operationId });

/** Said once: the next who asks gets none. */
export const madeSecrets = z.array(z.object({ name: z.string(), secret: z.string() }));

/** Where they are kept instead: accounts of the same registry. */
export const keepSecretsRequest = secretsRequest.extend({ accountId });
