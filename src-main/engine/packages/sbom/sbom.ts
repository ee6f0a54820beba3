import type { ImagePackage } from '../image-package.ts';

/** A list of packages that someone made of an image. Whether it is right is not known. */
export interface Sbom {
  format: 'spdx' | 'cyclonedx';
  /** Of the format. */
  version: string;
  created?: string;
  /** What made it. */
  tool?: string;
  packages: readonly ImagePackage[];
}
