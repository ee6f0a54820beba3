import type { ReferrerList } from '../../common/referrers.ts';
import type { CallOptions, PlaceHandle } from '../types.ts';

/** What is attached to images, in registries and outside. That it is there is all that is known: nothing is verified. */
export interface ReferrersService {
  /** @param options `child`: of an index, the one that is looked at as well */
  list(
    place: PlaceHandle,
    repository: string,
    reference: string,
    options?: CallOptions & { child?: string | undefined },
  ): Promise<ReferrerList>;
  /**
   * Writes a blob to a file of this machine, byte for byte.
   *
   * @throws ServiceError `invalidInput`; RegistryError `fileFailed`, `digestMismatch`
   */
  save(
    place: PlaceHandle,
    repository: string,
    blob: { digest: string; size: number },
    to: string,
    options?: CallOptions,
  ): Promise<void>;
}
