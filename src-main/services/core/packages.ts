import type { PackageList, PackageSearch, PackageSource, SbomFormat } from '../../common/packages.ts';
import type { CallOptions } from '../types.ts';
import type { ImageAt } from './image-at.ts';

/** Which packages of an image are looked for. */
interface PackagesOptions extends CallOptions {
  /** The index that the image was chosen from: SBOMs may be attached to it. */
  index?: string | undefined;
  /** Default: an attached SBOM that lists packages, else the files. */
  source?: PackageSource | undefined;
}

/** What an image has installed. Layers are read once; what they name is kept by their digests. */
export interface PackagesService {
  /** Reports how far it is, some times a second, and ends with what was found. */
  find(image: ImageAt, options?: PackagesOptions): AsyncGenerator<PackageSearch, void, void>;
  list(
    image: ImageAt,
    options: PackagesOptions & {
      filter?: string | undefined;
      type?: string | undefined;
      offset: number;
      limit: number;
    },
  ): Promise<PackageList>;
  /** An SBOM, in pieces of its text. */
  document(image: ImageAt, format: SbomFormat, options?: PackagesOptions): Promise<Iterable<string>>;
  /** Writes an SBOM to a file. @throws RegistryError `fileFailed` */
  export(image: ImageAt, format: SbomFormat, to: string, options?: PackagesOptions): Promise<void>;
}
