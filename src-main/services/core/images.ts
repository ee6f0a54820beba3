import type { DescribedImage } from '../../common/image.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

export interface ImagesService {
  describe(
    registry: RegistryHandle,
    repository: string,
    reference: string,
    options?: CallOptions,
  ): Promise<DescribedImage>;
}
