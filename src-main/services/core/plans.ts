import type { Plan, PlanItem } from '../../common/plan.ts';
import type { CallOptions, PlaceAccess } from '../types.ts';

export interface StartOptions extends CallOptions {
  /** The name that the plan asks for. */
  typed?: string | undefined;
  consent?: boolean;
  /** What goes, or is overwritten, is kept whole, blobs too, before that; else what is deleted as the settings say. */
  keepContent?: boolean | undefined;
  access?: PlaceAccess;
}

/** Plans of every kind, kept for 15 minutes, also where the program ends meanwhile. */
export interface PlansService {
  /** @throws ServiceError `planExpired` */
  get(id: string): Plan;
  /** Lines in their order. @throws ServiceError `planExpired` */
  items(
    id: string,
    page: { state?: string | undefined; offset: number; limit: number },
  ): { items: PlanItem[]; total: number };
  /**
   * Starts a confirmed plan and returns at once.
   *
   * @param options `access`: flags of the command line, for a plan of an earlier process
   * @throws ServiceError `planExpired`, `consentNeeded`, `nameNeeded`, `readOnly`, `dryRun`; `planStale` when a tag moved since
   */
  start(id: string, options?: StartOptions): Promise<{ operationId: string }>;
  /** Takes an operation back: its tags point again at what they pointed at, and those that were new are deleted. */
  planUndo(operationId: string, options?: CallOptions & { access?: PlaceAccess }): Promise<Plan>;
}
