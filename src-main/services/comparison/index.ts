import type {
  ComparedFolder,
  Comparison,
  ComparisonStep,
  FileDifference,
  FileDifferenceList,
  ReportFormat,
  TextComparison,
} from '../../common/comparison.ts';
import { judgeAll } from '../../common/comparison-verdict.ts';
import type { Language } from '../../common/languages.ts';
import {
  bytesOfSides,
  inSlices,
  type PlatformPair,
  pairPlatforms,
  parsePlatform,
  platformsOf,
  type SideImage,
} from '../../engine/index.ts';
import type { ComparedImages, ComparisonService } from '../core/comparison.ts';
import type { PackagesService } from '../core/packages.ts';
import { ServiceError } from '../errors.ts';
import type { KnownLayers } from '../layers/known-layers.ts';
import { checkOf } from '../layers/rows.ts';
import { Recent } from '../recent.ts';
import { checkTarget, saveFile } from '../save-file.ts';
import { telling } from '../telling.ts';
import type { CallOptions } from '../types.ts';
import { compareAttached } from './attached.ts';
import type { RowsChoice } from './chosen-rows.ts';
import { type ComparedFiles, compareFiles, differenceOf, pageOf } from './files.ts';
import { htmlOf, markdownOf } from './markup.ts';
import { comparePackages } from './packages.ts';
import { type Choice, type ComparedPair, comparePair, type DeepComparison } from './pair.ts';
import { Progress } from './progress.ts';
import { REPORT_WORDS, reportOf } from './report.ts';
import { openSide, pinnedImage, type Side, sideOf } from './sides.ts';
import { compareText } from './text.ts';

/** Comparisons of files that are kept at hand, for the pages of their lists. */
const KEPT_MAX = 2;
/** Bytes of layers that both have that are read to know what was below a path: some seconds on most lines. */
const SHARED_MAX = 64_000_000;

/** Files that a report lists of each platform; the rest is counted. */
const REPORT_FILES_MAX = 5000;

interface ReportChoice {
  format: ReportFormat;
  secrets?: boolean;
  language?: Language;
  to: string;
}

type Sides = Readonly<Record<'left' | 'right', Side>>;

/** Two images compared, wherever they lie. */
export class Comparisons implements ComparisonService {
  readonly #known: KnownLayers;
  readonly #packages: Pick<PackagesService, 'find' | 'list'>;
  readonly #sharedMax: number;
  readonly #kept = new Recent<ComparedFiles>(KEPT_MAX);

  constructor(
    known: KnownLayers,
    packages: Pick<PackagesService, 'find' | 'list'>,
    { sharedMax = SHARED_MAX }: { sharedMax?: number } = {},
  ) {
    this.#known = known;
    this.#sharedMax = sharedMax;
    this.#packages = packages;
  }

  async *compare(
    images: ComparedImages,
    { signal, ...choice }: CallOptions & Choice = {},
  ): AsyncGenerator<ComparisonStep, void, void> {
    const progress = new Progress();
    const comparison = yield* telling(
      (stop) => this.#compare(images, choice, progress, stop),
      () => progress.step((digest) => this.#known.progress(digest)),
      signal,
    );
    yield { kind: 'compared', comparison };
  }

  async files(
    images: ComparedImages,
    {
      offset,
      limit,
      shared = false,
      signal,
      ...choice
    }: CallOptions & RowsChoice & { shared?: boolean; tree?: boolean; offset: number; limit: number },
  ): Promise<FileDifferenceList> {
    const { rows } = (await this.#filesOf(images, shared, signal)).files;
    return await pageOf(rows, { offset, limit, ...choice }, signal);
  }

  async folders(
    images: ComparedImages,
    { shared = false, signal, ...choice }: CallOptions & RowsChoice & { shared?: boolean } = {},
  ): Promise<readonly ComparedFolder[]> {
    const { rows } = (await this.#filesOf(images, shared, signal)).files;
    return (await rows.tree(choice, signal)).folders;
  }

  async *differences(
    images: ComparedImages,
    { shared = false, signal, ...choice }: CallOptions & RowsChoice & { shared?: boolean } = {},
  ): AsyncGenerator<FileDifference, void, void> {
    const { comparison, rows } = (await this.#filesOf(images, shared, signal)).files;
    const chosen = await rows.list(choice, signal);
    for await (const at of inSlices(chosen, checkOf(signal))) yield differenceOf(comparison.row(at));
  }

  async text(
    images: ComparedImages,
    { path, shared = false, signal }: CallOptions & { path: string; shared?: boolean },
  ): Promise<TextComparison> {
    const { files, sides, pair } = await this.#filesOf(images, shared, signal);
    const digests = { left: pair.left.digest, right: pair.right.digest };
    return await compareText(files.comparison, { sides, digests }, path, signal);
  }

  async report(
    images: ComparedImages,
    { format, secrets = false, language = 'en', to, signal, ...choice }: CallOptions & Choice & ReportChoice,
  ): Promise<void> {
    checkTarget(to);
    const stop = signal ?? new AbortController().signal;
    const lists = new Map<string, FileDifferenceList>();
    const comparison = await this.#compare(images, choice, new Progress(), stop, async (files, of) => {
      const page = { offset: 0, limit: REPORT_FILES_MAX };
      lists.set(`${of.left.digest} ${of.right.digest}`, await pageOf(files.rows, page, stop));
    });
    const files = comparison.platforms.map(({ left, right }) => lists.get(`${left} ${right}`));
    const blocks = reportOf(comparison, { secrets, files, language });
    await saveFile(
      to,
      inTurns(format === 'html' ? htmlOf(blocks, REPORT_WORDS[language]) : markdownOf(blocks), signal),
    );
  }

  /** @param told hears how the files of each platform differ, while that is at hand */
  async #compare(
    images: ComparedImages,
    { platform, files, packages, shared = false }: Choice,
    progress: Progress,
    signal: AbortSignal,
    told?: (files: ComparedFiles, of: { left: SideImage; right: SideImage }) => Promise<void>,
  ): Promise<Comparison> {
    const sides = await openSides(images, signal);
    const pairs = pairsOf(sides, platform);
    const roots = { left: sides.left.root.digest, right: sides.right.root.digest };
    const deep: DeepComparison = {
      ...(files
        ? {
            files: async (both, row) => {
              const found = await this.#compareFiles(both, { sides, ...row, shared, progress, signal }, true);
              await told?.(found, both);
              return found;
            },
          }
        : {}),
      ...(packages
        ? {
            packages: async ({ left, right }) => {
              const of = {
                left: pinnedImage(images.left, left.digest),
                right: pinnedImage(images.right, right.digest),
              };
              return await comparePackages(this.#packages, of, roots, signal);
            },
          }
        : {}),
    };
    const compared: ComparedPair[] = [];
    for (const pair of pairs) compared.push(await comparePair(sides, pair, deep, signal));
    const platforms = compared.map(({ row }) => row);
    const of = (side: 'left' | 'right') => compared.flatMap((pair) => pair[side] ?? []);
    const [left, right] = [of('left'), of('right')];
    return {
      left: sideOf(sides.left),
      right: sideOf(sides.right),
      ...judgeAll(roots, platforms),
      bytes: bytesOfSides(left, right),
      platforms,
      attached: await compareAttached(sides, { left: digestsOf(left), right: digestsOf(right) }, signal),
    };
  }

  /** Of one platform. @throws ServiceError `invalidInput` where they are of several */
  async #filesOf(images: ComparedImages, shared: boolean, signal: AbortSignal | undefined) {
    const stop = signal ?? new AbortController().signal;
    const sides = await openSides(images, signal);
    const [pair, ...more] = pairsOf(sides, undefined);
    if (!pair?.left || !pair.right || more.length > 0)
      throw new ServiceError(
        'invalidInput',
        'Files of one platform are compared: name its images by digest.',
      );
    let files: ComparedFiles | undefined;
    const keep = async (
      both: { left: SideImage; right: SideImage },
      row: Parameters<NonNullable<DeepComparison['files']>>[1],
    ) => {
      files = await this.#compareFiles(both, {
        sides,
        ...row,
        shared,
        progress: new Progress(),
        signal: stop,
      });
      return files;
    };
    const { left, right } = await comparePair(sides, pair, { files: keep }, signal);
    if (!files || !left || !right) throw new TypeError('Two images without a comparison of their files.');
    return { files, sides, pair: { left, right } };
  }

  /**
   * Once for the pages of its list; what could not be read is tried again.
   *
   * @param afresh layers may be known by now that were not the last time
   */
  async #compareFiles(
    { left, right }: { left: SideImage; right: SideImage },
    { layers: rows, ...options }: FilesOptions,
    afresh = false,
  ): Promise<ComparedFiles> {
    const key = `${left.digest} ${right.digest}`;
    const known = this.#kept.get(key);
    const { failed = [], unreadShared = [] } = known?.summary ?? {};
    const whole = failed.length === 0 && (unreadShared.length === 0 || !options.shared);
    const found =
      known && whole && !afresh
        ? known
        : await compareFiles(this.#known, this.#sharedMax, { platform: undefined, ...options, rows });
    this.#kept.use(key, found);
    return found;
  }
}

type FilesOptions = Omit<Parameters<typeof compareFiles>[2], 'rows' | 'platform'> &
  Parameters<NonNullable<DeepComparison['files']>>[1];

async function openSides(images: ComparedImages, signal: AbortSignal | undefined): Promise<Sides> {
  const [left, right] = await Promise.all([openSide(images.left, signal), openSide(images.right, signal)]);
  return { left, right };
}

/** @throws ServiceError `invalidInput` for what is no platform, or one that neither has */
function pairsOf({ left, right }: Sides, platform: string | undefined): PlatformPair[] {
  const wanted = platform === undefined ? undefined : parsePlatform(platform);
  if (platform !== undefined && !wanted)
    throw new ServiceError('invalidInput', `${platform} is no platform; they are written linux/arm64/v8.`);
  const pairs = pairPlatforms(platformsOf(left.root), platformsOf(right.root), wanted);
  if (pairs.length === 0 && wanted)
    throw new ServiceError('invalidInput', `Neither image is for ${platform}.`);
  return pairs;
}

async function* inTurns(
  pieces: Iterable<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, void> {
  for await (const piece of inSlices(pieces, checkOf(signal))) yield Buffer.from(piece);
}

const digestsOf = (images: readonly SideImage[]): string[] => images.map(({ digest }) => digest);
