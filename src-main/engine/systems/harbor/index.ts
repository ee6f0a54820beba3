import type { Product } from '../../product/product.ts';
import { allowListResources } from './allow-list.ts';
import { harborApi } from './api.ts';
import { artifactResources } from './artifact-labels.ts';
import { artifactLister } from './artifacts.ts';
import { productAudit } from './audit.ts';
import { garbageCollector } from './collection.ts';
import { endpointResources } from './endpoints.ts';
import { explainWrite, isRobot, whyRefused } from './explained.ts';
import { selfDescription } from './facts.ts';
import { immutableRuleResources } from './immutable-rules.ts';
import { collectionJobs } from './jobs.ts';
import { labelResources } from './labels.ts';
import { memberResources } from './members.ts';
import { artifactNotes } from './notes.ts';
import { projectResources } from './projects.ts';
import { proxyCaches } from './proxy-cache.ts';
import { quotaResources } from './quotas.ts';
import { replicationRuleResources } from './replication.ts';
import { replicationJobs } from './replication-jobs.ts';
import { replicator } from './replicator.ts';
import { repositoryLister } from './repositories.ts';
import { Retention, retentionRuleResources, retentionScheduleResources } from './retention.ts';
import { retentionJobs } from './retention-jobs.ts';
import { Rights } from './rights.ts';
import { robotResources } from './robots.ts';
import { scanAllJobs } from './scan-all.ts';
import { scanReports } from './scans.ts';
import { gcScheduleResources, scanScheduleResources } from './schedules.ts';
import { tagDeleter } from './tags.ts';

/**
 * Harbor 2: `_catalog` needs system rights, a registry delete takes every tag of the artifact, and each manifest that is read
 * counts as a pull; so all that goes by its own API where that can do it.
 *
 * @see Harbor API v2.0
 */
export const harbor: Product = {
  id: 'harbor',
  recognise: ({ tokenService }) =>
    tokenService?.service === 'harbor-registry' || tokenService?.realm.pathname === '/service/token'
      ? { by: 'tokenService' }
      : undefined,
  facts: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'no',
    referrers: 'yes',
    deletesAttached: true,
    countsPulls: true,
    garbageCollection: {
      when: 'online',
      way: 'api',
      frees: ['harborCollection'],
      seen: ['dryRun', 'runs'],
      cautions: ['administrator', 'recentStays'],
      documentation: 'https://goharbor.io/docs/latest/administration/garbage-collection/',
    },
    letsAnonymousIn: 'byRepository',
  },
  abilities(client) {
    const api = harborApi(client);
    const rights = new Rights(api);
    const collector = garbageCollector(api);
    const retention = new Retention(api);
    return {
      repositories: repositoryLister(api),
      artifacts: artifactLister(api),
      tags: tagDeleter(api),
      proxyCaches: proxyCaches(api),
      collector,
      resources: {
        project: projectResources(api, rights),
        quota: quotaResources(api, rights),
        robot: robotResources(api, rights),
        retentionRule: retentionRuleResources(retention, rights),
        retentionSchedule: retentionScheduleResources(retention, rights),
        immutableRule: immutableRuleResources(api, rights),
        member: memberResources(api, rights),
        label: labelResources(api, rights),
        artifact: artifactResources(api, rights),
        cveAllowList: allowListResources(api, rights),
        gcSchedule: gcScheduleResources(api, rights),
        scanSchedule: scanScheduleResources(api, rights),
        endpoint: endpointResources(api, rights),
        replicationRule: replicationRuleResources(api, rights),
      },
      jobs: {
        garbageCollection: collectionJobs(api, collector, rights),
        retention: retentionJobs(api, retention, rights),
        replication: replicationJobs(api, rights),
        scanAll: scanAllJobs(api, rights),
      },
      self: selfDescription(api),
      scans: scanReports(api, rights),
      notes: artifactNotes(api),
      audit: productAudit(api),
      replicator,
    };
  },
  whyRefused,
  isRobot,
  explainWrite,
};
