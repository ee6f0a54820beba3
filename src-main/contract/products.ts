import { eventIterator } from '@orpc/contract';
import { account } from '../common/account.ts';
import { comparedRetention, comparedRetentionRequest } from '../common/compared-retention.ts';
import { repositoryPlace } from '../common/place.ts';
import { resource } from '../common/product.ts';
import {
  handOverRequest,
  keepSecretsRequest,
  madeSecrets,
  productChangePlan,
  productChangeRequest,
  secretsRequest,
} from '../common/product-change.ts';
import {
  jobItem,
  jobLog,
  jobLogRequest,
  jobPlanRequest,
  jobRun,
  jobRunRequest,
  jobRunsRequest,
  productJobPlan,
} from '../common/product-job.ts';
import {
  addRegistriesRequest,
  advisedSetting,
  artifactNote,
  artifactScan,
  finding,
  foundRegistry,
  managed,
  productAuditEntry,
  productAuditRequest,
  publicSearchRequest,
  publicSearchResult,
  registrySelf,
  resourceForm,
  resourcePage,
  resourceRequest,
  resourcesRequest,
  scanRequest,
  scanStartRequest,
} from '../common/product-said.ts';
import { registryRequest } from '../common/registry.ts';
import { procedure } from './base.ts';

export const products = {
  /** What can be managed at a registry from here, by the product that it is. */
  managed: procedure.input(registryRequest).output(managed),
  /** Streams one kind of what it manages, page by page. */
  resources: procedure.input(resourcesRequest).output(eventIterator(resourcePage)),
  resource: procedure.input(resourceRequest).output(resource),
  /** Whether one may be made, and what its fields have to choose from. */
  form: procedure.input(resourcesRequest).output(resourceForm),
  /** Reads what is there, and says field by field what would be written. The user confirms this plan. */
  planChanges: procedure.input(productChangeRequest).output(productChangePlan),
  /** A saved synchronisation as rules of a registry's own, with what these do otherwise. The user confirms this plan. */
  planHandOver: procedure.input(handOverRequest).output(productChangePlan),
  /** The secrets that an operation was answered with, once. */
  takeSecrets: procedure.input(secretsRequest).output(madeSecrets),
  /** Keeps them as accounts of the same registry, without showing them. */
  keepSecrets: procedure.input(keepSecretsRequest).output(account.array()),
  /** The latest runs of a product's own work. */
  runs: procedure.input(jobRunsRequest).output(jobRun.array()),
  /** Streams what a run worked at. */
  items: procedure.input(jobRunRequest).output(eventIterator(jobItem.array())),
  /** The end of what a run has logged, or one of its items. */
  log: procedure.input(jobLogRequest).output(jobLog),
  /** Asks for a dry run, where there is one, and says what would be done. The user confirms this plan. */
  planJob: procedure.input(jobPlanRequest).output(productJobPlan),
  planStop: procedure.input(jobRunRequest).output(productJobPlan),
  /** A dry run of a project's retention, made now, beside what saved rules would delete. Deletes nothing. */
  compareRetention: procedure.input(comparedRetentionRequest).output(comparedRetention),
  /** Version, health and numbers, as it says them itself. */
  describe: procedure.input(registryRequest).output(registrySelf),
  /** Settings of its own configuration, with what it shows of each. */
  advice: procedure.input(registryRequest).output(advisedSetting.array()),
  /** How an artifact's scans stand. */
  scanned: procedure.input(scanRequest).output(artifactScan.array()),
  findings: procedure.input(scanRequest).output(finding.array()),
  /** Begins a scan at the registry, and returns at once. No image is changed by it. */
  startScan: procedure.input(scanStartRequest),
  stopScan: procedure.input(scanStartRequest),
  /** Streams labels and scans of a repository's artifacts. */
  notes: procedure.input(repositoryPlace).output(eventIterator(artifactNote.array())),
  /** Registries that this one manages, each at an address of its own. */
  foundRegistries: procedure.input(registryRequest).output(foundRegistry.array()),
  /** Keeps those of them as accounts, with the sign-in of this one. */
  addRegistries: procedure.input(addRegistriesRequest).output(account.array()),
  /** Public images of everybody, by words. */
  search: procedure.input(publicSearchRequest).output(publicSearchResult),
  /** Streams the registry's own log of who did what, the latest first. */
  audit: procedure.input(productAuditRequest).output(eventIterator(productAuditEntry.array())),
};
