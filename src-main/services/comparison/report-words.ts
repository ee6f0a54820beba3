import type { Failure } from '../../common/failure.ts';
import type { AttachedKind } from '../../engine/vocabulary/attached.ts';
import type {
  ComparedLayerState,
  ComparisonAspect,
  ComparisonVerdict,
  ConfigField,
  FileAspect,
  PackageChange,
} from '../../engine/vocabulary/comparison.ts';
import type { FileChange, FileType } from '../../engine/vocabulary/layers.ts';
import type { ManifestKind } from '../../engine/vocabulary/manifests.ts';

/** Words of lists that a report has in its cells. */
export type ReportTerm =
  | AttachedKind
  | ConfigField
  | FileAspect
  | FileChange
  | FileType
  | ManifestKind
  | PackageChange;

type Side = 'left' | 'right';
type OneSided = 'onlyLeft' | 'onlyRight';

/** What a report says beside what the images are called and hold. */
export interface ReportWords {
  /** As HTML and `Intl` name it. */
  readonly language: string;
  /** Between two sentences. */
  readonly space: string;
  readonly title: string;
  readonly headings: Readonly<
    Record<'layers' | 'configuration' | 'history' | 'files' | 'packages' | 'attached', string>
  >;
  readonly columns: Readonly<
    Record<
      | ('side' | 'reference' | 'digest' | 'kind' | 'size' | 'created' | 'bytes' | 'instruction' | 'field')
      | ('step' | 'date' | 'directory' | 'difference' | 'files' | 'path' | 'aspects' | 'package' | 'type'),
      string
    >
  >;
  readonly sides: Readonly<Record<Side, string>>;
  readonly verdicts: Readonly<Record<Exclude<ComparisonVerdict, 'different'>, string>>;
  readonly mayDiffer: string;
  differ(aspects: string): string;
  /** What the verdict leaves open. */
  open(aspects: string): string;
  readonly aspects: Readonly<Record<ComparisonAspect, string>>;
  bytes(sizes: Readonly<Record<Side | 'shared' | 'differing', string>>): string;
  /** In the place of a platform. */
  readonly image: string;
  /** Of a platform. */
  readonly alone: Readonly<Record<OneSided, string>>;
  readonly states: Readonly<Record<ComparedLayerState | 'different', string>>;
  term(word: ReportTerm): string;
  files(counts: Readonly<Record<'added' | 'removed' | 'changed' | 'timesOnly', number>>): string;
  uncertain(rows: number, layers: number): string;
  /** @param layer its number */
  layerFailed(side: Side, layer: number, failure: Failure): string;
  notListed(files: number): string;
  /** @param counts `same`: absent where both have the same layers */
  packages(
    counts: Readonly<Record<'added' | 'removed' | 'changed' | 'leftOut', number>> & {
      same: number | undefined;
    },
  ): string;
  readonly attachedNote: string;
  unseen(side: Side, place: string, failure: Failure): string;
}

export const ENGLISH: ReportWords = {
  language: 'en',
  space: ' ',
  title: 'Comparison of two images',
  headings: {
    layers: 'Layers',
    configuration: 'Configuration',
    history: 'History',
    files: 'Files',
    packages: 'Packages',
    attached: 'Attached',
  },
  columns: {
    side: 'Side',
    reference: 'Reference',
    digest: 'Digest',
    kind: 'Kind',
    size: 'Size',
    created: 'Created',
    bytes: 'Bytes',
    instruction: 'Instruction',
    field: 'Field',
    step: 'Step',
    date: 'Date',
    directory: 'Directory',
    difference: 'Difference',
    files: 'Files',
    path: 'Path',
    aspects: 'What differs',
    package: 'Package',
    type: 'Type',
  },
  sides: { left: 'Left', right: 'Right' },
  verdicts: {
    identical: 'Both are the same, digest for digest.',
    sameContent: 'The same content under another manifest: what runs is the same.',
    sameFiles: 'Built otherwise of the same files.',
    timestamps: 'Only timestamps differ.',
  },
  mayDiffer: 'They may differ.',
  differ: (aspects) => `They differ in ${aspects}.`,
  open: (aspects) => `Not compared, or not readable: ${aspects}.`,
  aspects: {
    platforms: 'platforms',
    layers: 'layers',
    config: 'configuration',
    history: 'history',
    files: 'files',
    packages: 'packages',
    timestamps: 'timestamps',
    manifest: 'manifest',
  },
  bytes: ({ left, right, shared, differing }) =>
    `Left ${left}, right ${right}; ${shared} are shared, ${differing} differ.`,
  image: 'image',
  alone: { onlyLeft: 'Only the left has it.', onlyRight: 'Only the right has it.' },
  states: {
    same: '=',
    recompressed: 'compressed otherwise',
    onlyLeft: 'only left',
    onlyRight: 'only right',
    different: 'others',
  },
  term: (word) => word,
  files: ({ added, removed, changed, timesOnly }) => {
    const times = timesOnly === 0 ? '' : `, of ${timesOnly} of these only the times`;
    return `${added} added, ${removed} removed, ${changed} changed${times}.`;
  },
  uncertain: (rows, layers) =>
    `${rows} of them (marked ?) may be changes of what ${layers} layers have that both share and that were not read.`,
  layerFailed: (side, layer, { message, reason = message }) =>
    `Layer ${layer} of the ${side} could not be read: ${reason}`,
  notListed: (files) => `${files} more are not listed.`,
  packages: ({ added, removed, changed, same, leftOut }) => {
    const alike = same === undefined ? 'the layers are the same' : `${same} the same`;
    const more = leftOut > 0 ? `; ${leftOut} more differ` : '';
    return `${added} added, ${removed} removed, ${changed} of another version, ${alike}${more}.`;
  },
  attachedNote: 'That it is there is all that is known: nothing of it is verified.',
  unseen: (side, place, { message }) => `${place} of the ${side} could not be looked at: ${message}`,
};
