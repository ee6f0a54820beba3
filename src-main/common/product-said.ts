import { z } from 'zod';
import { RESOURCE_ACTS, RESOURCE_KINDS, RESOURCE_SCOPES } from '../engine/resource-kinds.ts';
import { COLLECTION_RUN_STATES } from '../engine/vocabulary/collection.ts';
import { JOB_OPTIONS } from '../engine/vocabulary/jobs.ts';
import {
  ADVISED_SETTINGS,
  PUBLIC_MARKS,
  SETTING_STATES,
  STATISTICS,
} from '../engine/vocabulary/registry-facts.ts';
import { SCAN_TYPES, SEVERITIES } from '../engine/vocabulary/scanning.ts';
import { accountId } from './ids.ts';
import { digest, repositoryName } from './place.ts';
import { permission, resource, resourceKind, resourceName } from './product.ts';
import { jobKind } from './product-job.ts';
import { registrySystem } from './registry.ts';
import { instant } from './units.ts';

const scope = z.enum(RESOURCE_SCOPES);

/** What can be managed at a registry, and by what it is known: the product and its version. */
export const managed = z.object({
  system: registrySystem,
  version: z.string().exactOptional(),
  resources: z.array(
    z.object({
      kind: resourceKind,
      scopes: z.array(scope),
      /** Those that can be set there. */
      fields: z.array(z.string()),
      acts: z.array(z.enum(RESOURCE_ACTS)),
    }),
  ),
  jobs: z.array(
    z.object({
      job: jobKind,
      about: z.enum(Object.keys(RESOURCE_KINDS) as [keyof typeof RESOURCE_KINDS]).exactOptional(),
      options: z.array(z.enum(JOB_OPTIONS)),
      stops: z.boolean(),
      logs: z.boolean(),
      items: z.boolean(),
    }),
  ),
  describes: z.boolean(),
  scans: z.array(z.enum(SCAN_TYPES)),
  /** Labels and scans are listed with a repository's artifacts. */
  notes: z.boolean(),
  audits: z.boolean(),
  /** Public images of everybody can be searched. */
  searches: z.boolean(),
  advises: z.boolean(),
});
export type Managed = z.infer<typeof managed>;

export const resourcesRequest = z.object({
  accountId,
  kind: resourceKind,
  project: resourceName.exactOptional(),
});
export const resourceRequest = z.object({ accountId, kind: resourceKind, id: resourceName });
export const resourcePage = z.array(resource);

/** What a form needs: whether one may be made there, and what its fields have to choose from. */
export const resourceForm = z.object({
  may: permission,
  choices: z.record(z.string(), z.array(z.string())),
});
export type ResourceForm = z.infer<typeof resourceForm>;

export const registrySelf = z.object({
  version: z.string().exactOptional(),
  health: z.array(z.object({ name: z.string(), healthy: z.boolean(), reason: z.string().exactOptional() })),
  statistics: z.partialRecord(z.enum(STATISTICS), z.number()),
  readOnly: z.boolean().exactOptional(),
  unread: z.array(z.string()),
});
export type RegistrySelf = z.infer<typeof registrySelf>;

/** How a setting of the registry's own configuration is written. */
export const advisedSetting = z.object({
  name: z.enum(ADVISED_SETTINGS),
  state: z.enum(SETTING_STATES),
  file: z.string().exactOptional(),
  environment: z.array(z.string()).exactOptional(),
  documentation: z.string(),
});
export type AdvisedSetting = z.infer<typeof advisedSetting>;

const scanType = z.enum(SCAN_TYPES);
const severity = z.enum(SEVERITIES);

const scanOverview = z.object({
  type: scanType,
  state: z.enum([...COLLECTION_RUN_STATES, 'none']),
  scanner: z.string().exactOptional(),
  ended: instant.exactOptional(),
  counts: z.partialRecord(severity, z.number()),
  total: z.number().exactOptional(),
  fixable: z.number().exactOptional(),
});
export type ScanOverview = z.infer<typeof scanOverview>;

/** How a scan of an artifact stands, and whether another one may be begun. */
export const artifactScan = scanOverview.extend({ may: permission });
export type ArtifactScan = z.infer<typeof artifactScan>;

/** What a registry notes of an artifact beside what it is. */
export const artifactNote = z.object({
  digest,
  labels: z.array(z.string()),
  scan: scanOverview.exactOptional(),
});
export type ArtifactNote = z.infer<typeof artifactNote>;

export const finding = z.object({
  id: z.string(),
  package: z.string(),
  version: z.string(),
  fixed: z.string().exactOptional(),
  severity,
  description: z.string().exactOptional(),
  links: z.array(z.string()),
  score: z.number().exactOptional(),
  /** A list of known findings lets it pass. */
  allowed: z.literal(true).exactOptional(),
});
export type Finding = z.infer<typeof finding>;

export const scanRequest = z.object({ accountId, repository: repositoryName, digest });
export const scanStartRequest = scanRequest.extend({ type: scanType });

/**
 * A registry that another one manages. `here`: it is reached through that one; `plainHttp`: its address would take a password where
 * it could be read; `none`: it has no address of its own there.
 */
export const foundRegistry = z.object({
  name: z.string(),
  address: z.string().exactOptional(),
  state: z.enum(['new', 'added', 'here', 'plainHttp', 'none']),
});
export type FoundRegistry = z.infer<typeof foundRegistry>;
export const addRegistriesRequest = z.object({ accountId, names: z.array(resourceName).min(1).max(1_000) });

const foundPublic = z.object({
  name: z.string(),
  mark: z.enum(PUBLIC_MARKS).exactOptional(),
  description: z.string().exactOptional(),
  stars: z.number().exactOptional(),
  pulls: z.string().exactOptional(),
  updated: instant.exactOptional(),
  architectures: z.array(z.string()),
  archived: z.boolean(),
});
export type FoundPublic = z.infer<typeof foundPublic>;

/** The best match first; `total` says how many there are in all. */
export const publicSearchResult = z.object({ total: z.number(), results: z.array(foundPublic) });
export type PublicSearchResult = z.infer<typeof publicSearchResult>;
export const publicSearchRequest = z.object({ accountId, query: z.string().trim().min(1).max(200) });

export const productAuditRequest = z.object({ accountId, project: resourceName.exactOptional() });
export const productAuditEntry = z.object({
  id: z.string(),
  at: instant,
  who: z.string(),
  what: z.string(),
  kind: z.string(),
  name: z.string(),
  done: z.boolean().exactOptional(),
});
export type ProductAuditEntry = z.infer<typeof productAuditEntry>;
