import { ServiceError } from './errors.ts';

/** Long enough to read a plan, short enough that its picture of the registry is a recent one. */
const PLAN_LIFETIME = 15 * 60 * 1000;
/** A page that plans again and again drops its oldest plans. */
const MAX_PLANS = 100;

interface Kept<Plan> {
  plan: Plan;
  expires: number;
}

/** Plans between being shown and being confirmed, in memory. Each can be started once. */
export class Plans<Plan> {
  readonly #now: () => Date;
  readonly #kept = new Map<string, Kept<Plan>>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  keep(id: string, plan: Plan): void {
    this.#kept.set(id, { plan, expires: this.#now().getTime() + PLAN_LIFETIME });
    while (this.#kept.size > MAX_PLANS) {
      const [oldest] = this.#kept.keys();
      if (oldest === undefined) break;
      this.#kept.delete(oldest);
    }
  }

  /** @throws ServiceError `planExpired` also for a plan that was started already */
  get(id: string): Plan {
    const kept = this.#kept.get(id);
    if (!kept || kept.expires <= this.#now().getTime()) {
      this.#kept.delete(id);
      throw new ServiceError('planExpired');
    }
    return kept.plan;
  }

  /** From here on the plan cannot be started again. @throws ServiceError `planExpired` */
  take(id: string): Plan {
    const plan = this.get(id);
    this.#kept.delete(id);
    return plan;
  }
}
