import { collectionOutput, collectionOutputRequest } from '../common/collection-facts.ts';
import {
  remoteCollectPlan,
  remoteCollectRequest,
  remoteRun,
  remoteRunsRequest,
} from '../common/collection-remote.ts';
import { procedure } from './base.ts';

export const collections = {
  /** What a collection would free that somebody runs on the registry's host, by what its dry run has printed. */
  readOutput: procedure.input(collectionOutputRequest).output(collectionOutput),
  /** The latest collections of a registry that runs them by its API, the last first. */
  runs: procedure.input(remoteRunsRequest).output(remoteRun.array()),
  /** Asks it for a dry run, waits for that and says what would go. The user confirms this plan, which cannot be taken back. */
  plan: procedure.input(remoteCollectRequest).output(remoteCollectPlan),
};
