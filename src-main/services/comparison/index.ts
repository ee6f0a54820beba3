import type {
  Comparison,
  ComparisonRequest,
  ComparisonStep,
  FileDifferenceList,
  TextComparison,
} from '../../common/comparison.ts';
import { bytesOfSides, judgeAll, pairPlatforms, parsePlatform, platformsOf } from '../../engine/index.ts';
import type { ComparedImages, ComparisonService } from '../core/comparison.ts';
import { ServiceError } from '../errors.ts';
import type { CallOptions } from '../types.ts';
import { compareAttached } from './attached.ts';
import { comparePair } from './pair.ts';
import { openSide, sideOf } from './sides.ts';

type Choice = Partial<Omit<ComparisonRequest, 'left' | 'right'>>;

/** Two images compared, wherever they lie. */
export class Comparisons implements ComparisonService {
  async *compare(
    images: ComparedImages,
    options: CallOptions & Choice = {},
  ): AsyncGenerator<ComparisonStep, void, void> {
    yield { kind: 'compared', comparison: await this.#compare(images, options) };
  }

  async files(): Promise<FileDifferenceList> {
    throw new ServiceError('unsupported');
  }

  async text(): Promise<TextComparison> {
    throw new ServiceError('unsupported');
  }

  async report(): Promise<void> {
    throw new ServiceError('unsupported');
  }

  async #compare(images: ComparedImages, { platform, signal }: CallOptions & Choice): Promise<Comparison> {
    const wanted = platform === undefined ? undefined : parsePlatform(platform);
    if (platform !== undefined && !wanted)
      throw new ServiceError('invalidInput', `${platform} is no platform; they are written linux/arm64/v8.`);
    const [left, right] = await Promise.all([openSide(images.left, signal), openSide(images.right, signal)]);
    const pairs = pairPlatforms(platformsOf(left.root), platformsOf(right.root), wanted);
    if (pairs.length === 0 && wanted)
      throw new ServiceError('invalidInput', `Neither image is for ${platform}.`);
    const compared = [];
    for (const pair of pairs) compared.push(await comparePair({ left, right }, pair, signal));
    const platforms = compared.map(({ row }) => row);
    const digests = { left: left.root.digest, right: right.root.digest };
    const attached = await compareAttached(
      { left, right },
      {
        left: pairs.flatMap((pair) => pair.left?.digest ?? []),
        right: pairs.flatMap((pair) => pair.right?.digest ?? []),
      },
      signal,
    );
    return {
      left: sideOf(left),
      right: sideOf(right),
      ...judgeAll(digests, platforms),
      bytes: bytesOfSides(
        compared.flatMap((one) => one.left ?? []),
        compared.flatMap((one) => one.right ?? []),
      ),
      platforms,
      attached,
    };
  }
}
