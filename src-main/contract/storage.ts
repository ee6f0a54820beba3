import {
  baseFamilies,
  chosenStorage,
  dayTagsRequest,
  freedBytes,
  freedRequest,
  holders,
  holdersRequest,
  knownRepositories,
  knownRepositoriesRequest,
  namespaceSizes,
  namespaceSizesRequest,
  stayingRequest,
  storageChildren,
  storageHistory,
  storageHistoryRequest,
  storagePageRequest,
  storageRepositories,
  storageRepositoriesRequest,
  storageScope,
  storageSummary,
  storedItems,
} from '../common/storage.ts';
import { procedure } from './base.ts';

/** What registries hold, as far as it was seen: asks no registry. */
export const storage = {
  summary: procedure.input(storageScope).output(storageSummary),
  repositories: procedure.input(storageRepositoriesRequest).output(storageRepositories),
  /** The next ones by name of which a tag was seen, or that are known to have none; fewer than the limit: those were all. */
  knownRepositories: procedure.input(knownRepositoriesRequest).output(knownRepositories),
  /** Of every namespace, by name. */
  namespaces: procedure.input(namespaceSizesRequest).output(namespaceSizes),
  /** What lies one level under a namespace, or under the registry. */
  children: procedure.input(storageScope).output(storageChildren),
  /** Layers, configs and manifests by size, largest first. */
  largest: procedure.input(storagePageRequest).output(storedItems),
  /** Those that more than one of the repositories holds; of one repository, those that another holds as well. */
  duplicates: procedure.input(storagePageRequest).output(storedItems),
  /** Tags that hold a blob or a manifest, directly or by what they hold. */
  holders: procedure.input(holdersRequest).output(holders),
  /** Of a registry or namespace those in more than one repository; those in most first. */
  families: procedure.input(storagePageRequest).output(baseFamilies),
  history: procedure.input(storageHistoryRequest).output(storageHistory),
  /** Tags that were seen to move on a day of UTC, or whose image was pushed or built on it. */
  dayTags: procedure.input(dayTagsRequest).output(holders),
  freed: procedure.input(freedRequest).output(freedBytes),
  /** Of any tags, in whatever repositories. */
  chosen: procedure.input(freedRequest).output(chosenStorage),
  /** What they hold and other tags as well, so that it stays without them; the largest first. */
  staying: procedure.input(stayingRequest).output(storedItems),
};
