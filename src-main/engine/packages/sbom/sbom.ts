import type { SbomFormat } from '../../vocabulary/packages.ts';
import type { ImagePackage } from '../image-package.ts';

/** A list of packages that someone made of an image. Whether it is right is not known. */
export interface Sbom {
  format: SbomFormat;
  /** Of the format. */
  version: string;
  created?: string;
  /** What made it. */
  tool?: string;
  packages: readonly ImagePackage[];
}
