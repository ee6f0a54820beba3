import { z } from 'zod';
import { COLLECTION_RUN_STATES } from '../engine/vocabulary/collection.ts';
import { JOB_COUNTS, JOB_KINDS, JOB_OPTIONS } from '../engine/vocabulary/jobs.ts';
import { accountId } from './ids.ts';
import { registryPlace } from './place.ts';
import { plan } from './plan.ts';
import { resourceName } from './product.ts';
import { instant } from './units.ts';

export const jobKind = z.enum(JOB_KINDS);
const jobState = z.enum(COLLECTION_RUN_STATES);
const jobCounts = z.partialRecord(z.enum(JOB_COUNTS), z.number());
const jobOptions = z.partialRecord(z.enum(JOB_OPTIONS), z.boolean());
export type JobOptions = z.infer<typeof jobOptions>;

/** A run of a product's own work. */
export const jobRun = z.object({
  id: z.string(),
  state: jobState,
  /** Absent where the product does not say. */
  started: instant.exactOptional(),
  changed: instant.exactOptional(),
  options: jobOptions,
  counts: jobCounts,
  by: z.string().exactOptional(),
  note: z.string().exactOptional(),
});
export type JobRun = z.infer<typeof jobRun>;

/** One thing that a run worked at. */
export const jobItem = z.object({
  id: z.string(),
  name: z.string(),
  state: jobState,
  counts: jobCounts,
  note: z.string().exactOptional(),
});
export type JobItem = z.infer<typeof jobItem>;

/** What it is about: a project by its name, a resource by its id; absent: the registry. */
const about = resourceName.exactOptional();

export const productJobSubject = z.object({
  kind: z.literal('productJob'),
  place: registryPlace,
  job: jobKind,
  act: z.enum(['start', 'stop']),
  of: about,
  /** What that is called. */
  name: z.string().exactOptional(),
  options: jobOptions,
  /** Of `stop`. */
  run: z.string().exactOptional(),
});
export type ProductJobSubject = z.infer<typeof productJobSubject>;

/** `run`: the work, in one line; `item`: what its dry run names. */
export const PRODUCT_JOB_STATES = ['run', 'item'] as const;

export const productJobItem = z.discriminatedUnion('state', [
  z.object({ state: z.literal('run') }),
  z.object({ state: z.literal('item'), item: jobItem, log: z.string().exactOptional() }),
]);

export const productJobSummary = z.object({
  dryRun: jobRun.exactOptional(),
  log: z.string().exactOptional(),
  tags: z.int().nonnegative().exactOptional(),
});

export const productJobPlan = plan.extend({
  subject: productJobSubject,
  /** Of a dry run, where the product makes one: how it ended, the end of its log, and how many tags it names as going. */
  summary: productJobSummary,
});
export type ProductJobPlan = z.infer<typeof productJobPlan>;

/** The log is absent where it could not be read, or where there is none. */
export const productJobOutcome = z.object({ run: jobRun, log: z.string().exactOptional() });

const jobPlace = z.object({ accountId, job: jobKind, of: about });
export const jobRunsRequest = jobPlace;
export const jobRunRequest = jobPlace.extend({ run: z.string().min(1) });
export const jobLogRequest = jobRunRequest.extend({ item: z.string().exactOptional() });
export const jobLog = z.string();
export const jobPlanRequest = jobPlace.extend({ options: jobOptions });
