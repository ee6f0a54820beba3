import type { ComparisonRequest } from '../common/comparison.ts';
import type { Core } from '../services/index.ts';
import { api } from './base.ts';
import { imageAt } from './image-at.ts';

export const comparisonApi = (core: Core) => {
  const { comparison } = core;
  const sidesOf = async ({ left, right }: Pick<ComparisonRequest, 'left' | 'right'>) => ({
    left: await imageAt(core, left),
    right: await imageAt(core, right),
  });
  return api.comparison.router({
    compare: api.comparison.compare.handler(async ({ input: { left, right, ...options }, signal }) =>
      comparison.compare(await sidesOf({ left, right }), { ...options, signal }),
    ),
    files: api.comparison.files.handler(async ({ input: { left, right, ...options }, signal }) =>
      comparison.files(await sidesOf({ left, right }), { ...options, signal }),
    ),
    folders: api.comparison.folders.handler(async ({ input: { left, right, ...options }, signal }) =>
      comparison.folders(await sidesOf({ left, right }), { ...options, signal }),
    ),
    text: api.comparison.text.handler(async ({ input: { left, right, ...options }, signal }) =>
      comparison.text(await sidesOf({ left, right }), { ...options, signal }),
    ),
    report: api.comparison.report.handler(async ({ input: { left, right, ...options }, signal }) =>
      comparison.report(await sidesOf({ left, right }), { ...options, signal }),
    ),
  });
};
