import type { DescribedImage } from '../../common/image.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

export interface DescribeOptions extends CallOptions {
  /** What is known is given where the registry is out of reach. */
  known?: boolean;
}

export interface ImagesService {
  describe(
    registry: RegistryHandle,
    repository: string,
    reference: string,
    options?: DescribeOptions,
  ): Promise<DescribedImage>;
}
