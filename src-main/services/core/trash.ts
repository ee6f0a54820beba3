import type { TrashEmptying, TrashEntry, TrashUsage } from '../../common/trash.ts';
import type { CallOptions } from '../types.ts';

/** What is kept so that operations can be taken back. What is too old or too much goes by itself when an operation has ended. */
export interface TrashService {
  usage(): TrashUsage;
  /** By operation, the newest first. */
  entries(page: { offset: number; limit: number }): TrashEntry[];
  /** Nothing goes that an operation under way may need. @returns what is left */
  empty(what: TrashEmptying['what'], options?: CallOptions): Promise<TrashUsage>;
}
