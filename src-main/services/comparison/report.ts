import { bytesText } from '../../common/bytes.ts';
import type {
  ComparedFile,
  ComparedLayer,
  ComparedPlatform,
  Comparison,
  FileDifference,
  PackageDifference,
} from '../../common/comparison.ts';
import { changeText, instructionText, platformText, valueText, verdictText } from './words.ts';

/** A part of a report, before it is Markdown or HTML. */
export type Block =
  | { kind: 'title' | 'heading' | 'subheading' | 'text'; text: string }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] };

/** Files of one platform; the rest is counted. */
interface ListedFiles {
  items: readonly FileDifference[];
  total: number;
}

export interface ReportOptions {
  /** What looks like a secret is written out. */
  secrets: boolean;
  /** In the order of the platforms. */
  files: readonly (ListedFiles | undefined)[];
}

/** All of a comparison as people read it, in English. */
export function* reportOf(
  comparison: Comparison,
  { secrets, files }: ReportOptions,
): Generator<Block, void, void> {
  const { left, right, bytes, platforms } = comparison;
  yield { kind: 'title', text: 'Comparison of two images' };
  yield { kind: 'text', text: verdictText(comparison) };
  const of = ({ reference, digest, kind, size, created }: Comparison['left'], side: string) =>
    [side, reference, digest, kind, bytesText(size), created ?? ''] as const;
  yield {
    kind: 'table',
    head: ['Side', 'Reference', 'Digest', 'Kind', 'Size', 'Created'],
    rows: [of(left, 'Left'), of(right, 'Right')],
  };
  yield {
    kind: 'text',
    text: `Left ${bytesText(bytes.left)}, right ${bytesText(bytes.right)}; ${bytesText(bytes.shared)} are shared, ${bytesText(bytes.differing)} differ.`,
  };
  for (const [at, platform] of platforms.entries()) yield* platformBlocks(platform, files[at], secrets);
  yield* attachedBlocks(comparison);
}

function* platformBlocks(
  platform: ComparedPlatform,
  files: ListedFiles | undefined,
  secrets: boolean,
): Generator<Block, void, void> {
  const { state, config, packages } = platform;
  yield { kind: 'heading', text: platformText(platform) };
  if (state !== 'both') {
    yield { kind: 'text', text: state === 'onlyLeft' ? 'Only the left has it.' : 'Only the right has it.' };
    return;
  }
  yield { kind: 'text', text: verdictText(platform) };
  yield { kind: 'subheading', text: 'Layers' };
  yield {
    kind: 'table',
    head: ['', 'Left', 'Right', 'Bytes', 'Instruction'],
    rows: platform.layers.map((layer) => layerRow(layer, secrets)),
  };
  if (config.length > 0) {
    yield { kind: 'subheading', text: 'Configuration' };
    yield {
      kind: 'table',
      head: ['Field', 'Left', 'Right'],
      rows: config.map(({ field, key, left, right, secret }) => [
        key === undefined ? field : `${field} ${key}`,
        valueText(left, { secret, shown: secrets }),
        valueText(right, { secret, shown: secrets }),
      ]),
    };
  }
  yield* historyBlocks(platform, secrets);
  if (platform.files) yield* fileBlocks(platform.files, files);
  if (packages) yield* packageBlocks(packages);
}

const STATES: Readonly<Record<ComparedLayer['state'], string>> = {
  same: '=',
  recompressed: 'compressed otherwise',
  onlyLeft: 'only left',
  onlyRight: 'only right',
};

function layerRow({ state, left, right, secret }: ComparedLayer, shown: boolean): string[] {
  const sizes = [left?.size, right?.size].map((size) => (size === undefined ? '—' : bytesText(size)));
  return [
    STATES[state],
    short(left?.digest),
    short(right?.digest),
    state === 'same' ? (sizes[0] ?? '') : sizes.join(' → '),
    instructionText(right?.createdBy ?? left?.createdBy, { secret: secret === true, shown }),
  ];
}

function* historyBlocks({ history }: ComparedPlatform, shown: boolean): Generator<Block, void, void> {
  const rows = history.filter(({ state }) => state === 'onlyLeft' || state === 'onlyRight');
  if (rows.length === 0) return;
  yield { kind: 'subheading', text: 'History' };
  yield {
    kind: 'table',
    head: ['', 'Step', 'Date'],
    rows: rows.map(({ state, left, right, secret }) => {
      const step = left ?? right;
      return [
        state === 'onlyLeft' ? 'only left' : 'only right',
        instructionText(step?.createdBy ?? step?.comment, { secret: secret === true, shown }),
        step?.created ?? '',
      ];
    }),
  };
}

function* fileBlocks(
  {
    added,
    removed,
    changed,
    timesOnly,
    uncertain,
    unreadShared,
    failed,
    sizes,
  }: NonNullable<ComparedPlatform['files']>,
  files: ListedFiles | undefined,
): Generator<Block, void, void> {
  yield { kind: 'subheading', text: 'Files' };
  const times = timesOnly === 0 ? '' : `, of ${timesOnly} of these only the times`;
  yield { kind: 'text', text: `${added} added, ${removed} removed, ${changed} changed${times}.` };
  if (uncertain > 0)
    yield {
      kind: 'text',
      text: `${uncertain} of them (marked ?) may be changes of what ${unreadShared.length} layers have that both share and that were not read.`,
    };
  for (const { side, layer, failure } of failed)
    yield {
      kind: 'text',
      text: `Layer ${layer} of the ${side} could not be read: ${failure.reason ?? failure.message}`,
    };
  if (sizes.length > 0)
    yield {
      kind: 'table',
      head: ['Directory', 'Left', 'Right', 'Difference', 'Files'],
      rows: sizes.map(({ path, left, right, files: count }) => [
        `/${path}`,
        bytesText(left),
        bytesText(right),
        changeText(right - left),
        String(count),
      ]),
    };
  if (!files || files.items.length === 0) return;
  yield {
    kind: 'table',
    head: ['', 'Path', 'What differs', 'Left', 'Right'],
    rows: files.items.map(({ path, change, aspects, left, right, uncertain: perhaps }) => [
      perhaps ? `${change} ?` : change,
      `/${path}`,
      aspects.join(', '),
      fileText(left),
      fileText(right),
    ]),
  };
  if (files.total > files.items.length)
    yield { kind: 'text', text: `${files.total - files.items.length} more are not listed.` };
}

function fileText(file: ComparedFile | undefined): string {
  if (!file) return '—';
  const { type, size, mode, uid, gid, link } = file;
  const what = link === undefined ? (type === 'file' ? bytesText(size) : type) : `→ ${link}`;
  return `${what}, ${mode.toString(8).padStart(4, '0')}, ${uid}:${gid}`;
}

function* packageBlocks({
  added,
  removed,
  changed,
  same,
  leftOut,
}: NonNullable<ComparedPlatform['packages']>): Generator<Block, void, void> {
  yield { kind: 'subheading', text: 'Packages' };
  yield {
    kind: 'text',
    text: `${added.length} added, ${removed.length} removed, ${changed.length} of another version, ${same} the same${leftOut > 0 ? `; ${leftOut} more differ` : ''}.`,
  };
  const rows = [...changed, ...added, ...removed].map(
    ({ change, type, name, left, right }: PackageDifference) => [
      change,
      name,
      type,
      left.join(', ') || '—',
      right.join(', ') || '—',
    ],
  );
  if (rows.length > 0) yield { kind: 'table', head: ['', 'Package', 'Type', 'Left', 'Right'], rows };
}

function* attachedBlocks({ attached: { kinds, unseen } }: Comparison): Generator<Block, void, void> {
  if (kinds.length === 0 && unseen.length === 0) return;
  yield { kind: 'heading', text: 'Attached' };
  yield { kind: 'text', text: 'That it is there is all that is known: nothing of it is verified.' };
  if (kinds.length > 0)
    yield {
      kind: 'table',
      head: ['Kind', '', 'Left', 'Right'],
      rows: kinds.map(({ kind, state, left, right }) => [
        kind,
        state === 'same'
          ? '='
          : state === 'different'
            ? 'others'
            : state === 'onlyLeft'
              ? 'only left'
              : 'only right',
        left.map(({ digest }) => short(digest)).join(' ') || '—',
        right.map(({ digest }) => short(digest)).join(' ') || '—',
      ]),
    };
  for (const { side, place, failure } of unseen)
    yield { kind: 'text', text: `${place} of the ${side} could not be looked at: ${failure.message}` };
}

const short = (digest: string | undefined): string =>
  digest === undefined ? '—' : digest.replace(/^(\w+:)?([0-9a-f]{12}).*$/, '$2');
