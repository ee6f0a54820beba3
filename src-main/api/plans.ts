import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const plansApi = ({ plans }: Core) =>
  api.plans.router({
    get: api.plans.get.handler(({ input }) => plans.get(input.planId)),
    items: api.plans.items.handler(({ input: { planId, ...page } }) => plans.items(planId, page)),
    start: api.plans.start.handler(({ input: { planId, ...options }, signal }) =>
      plans.start(planId, { ...options, signal }),
    ),
  });
