/** Views of a comparison, in the order of their tabs; `platforms` only where there are several. */
export const COMPARISON_TABS = [
  'platforms',
  'layers',
  'size',
  'config',
  'history',
  'files',
  'packages',
  'attached',
] as const;
export type ComparisonTab = (typeof COMPARISON_TABS)[number];
