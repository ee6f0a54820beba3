import {
  storageChildren,
  storageRepositories,
  storageRepositoriesRequest,
  storageScope,
  storageSummary,
} from '../common/storage.ts';
import { procedure } from './base.ts';

/** What registries hold, as far as it was seen: asks no registry. */
export const storage = {
  summary: procedure.input(storageScope).output(storageSummary),
  repositories: procedure.input(storageRepositoriesRequest).output(storageRepositories),
  /** What lies one level under a namespace, or under the registry. */
  children: procedure.input(storageScope).output(storageChildren),
};
