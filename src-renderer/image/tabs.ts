/** Views of an image, in the order of their tabs; the first is the one without a name in the address. */
export const IMAGE_TABS = [
  'overview',
  'layers',
  'files',
  'packages',
  'vulnerabilities',
  'referrers',
  'manifest',
] as const;
export type ImageTab = (typeof IMAGE_TABS)[number];
