import { bytesText } from '../../common/bytes.ts';
import type {
  ComparedFile,
  ComparedLayer,
  ComparedPlatform,
  Comparison,
  FileDifference,
  PackageDifference,
} from '../../common/comparison.ts';
import type { Language } from '../../common/languages.ts';
import { ENGLISH, type ReportWords } from './report-words.ts';
import { CHINESE } from './report-words-chinese.ts';
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
  language?: Language;
}

export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = { en: ENGLISH, 'zh-CN': CHINESE };

/** All of a comparison as people read it. */
export function* reportOf(
  comparison: Comparison,
  { secrets, files, language = 'en' }: ReportOptions,
): Generator<Block, void, void> {
  const words = REPORT_WORDS[language];
  const { columns, sides } = words;
  const { left, right, bytes, platforms } = comparison;
  yield { kind: 'title', text: words.title };
  yield { kind: 'text', text: verdictText(words, comparison) };
  const of = ({ reference, digest, kind, size, created }: Comparison['left'], side: string) =>
    [side, reference, digest, words.term(kind), bytesText(size), created ?? ''] as const;
  yield {
    kind: 'table',
    head: [columns.side, columns.reference, columns.digest, columns.kind, columns.size, columns.created],
    rows: [of(left, sides.left), of(right, sides.right)],
  };
  yield {
    kind: 'text',
    text: words.bytes({
      left: bytesText(bytes.left),
      right: bytesText(bytes.right),
      shared: bytesText(bytes.shared),
      differing: bytesText(bytes.differing),
    }),
  };
  for (const [at, platform] of platforms.entries())
    yield* platformBlocks(words, platform, files[at], secrets);
  yield* attachedBlocks(words, comparison);
}

function* platformBlocks(
  words: ReportWords,
  platform: ComparedPlatform,
  files: ListedFiles | undefined,
  secrets: boolean,
): Generator<Block, void, void> {
  const { headings, columns, sides } = words;
  const { state, config, packages } = platform;
  yield { kind: 'heading', text: platformText(words, platform) };
  if (state !== 'both') {
    yield { kind: 'text', text: words.alone[state] };
    return;
  }
  yield { kind: 'text', text: verdictText(words, platform) };
  yield { kind: 'subheading', text: headings.layers };
  yield {
    kind: 'table',
    head: ['', sides.left, sides.right, columns.bytes, columns.instruction],
    rows: platform.layers.map((layer) => layerRow(words, layer, secrets)),
  };
  if (config.length > 0) {
    yield { kind: 'subheading', text: headings.configuration };
    yield {
      kind: 'table',
      head: [columns.field, sides.left, sides.right],
      rows: config.map(({ field, key, left, right, secret }) => [
        key === undefined ? words.term(field) : `${words.term(field)} ${key}`,
        valueText(left, { secret, shown: secrets }),
        valueText(right, { secret, shown: secrets }),
      ]),
    };
  }
  yield* historyBlocks(words, platform, secrets);
  if (platform.files) yield* fileBlocks(words, platform.files, files);
  if (packages) yield* packageBlocks(words, packages);
}

function layerRow(
  { states }: ReportWords,
  { state, left, right, secret }: ComparedLayer,
  shown: boolean,
): string[] {
  const sizes = [left?.size, right?.size].map((size) => (size === undefined ? '—' : bytesText(size)));
  return [
    states[state],
    short(left?.digest),
    short(right?.digest),
    state === 'same' ? (sizes[0] ?? '') : sizes.join(' → '),
    instructionText(right?.createdBy ?? left?.createdBy, { secret: secret === true, shown }),
  ];
}

function* historyBlocks(
  { headings, columns, states }: ReportWords,
  { history }: ComparedPlatform,
  shown: boolean,
): Generator<Block, void, void> {
  const rows = history.flatMap(({ state, left, right, secret }) => {
    if (state !== 'onlyLeft' && state !== 'onlyRight') return [];
    const step = left ?? right;
    return [
      [
        states[state],
        instructionText(step?.createdBy ?? step?.comment, { secret: secret === true, shown }),
        step?.created ?? '',
      ],
    ];
  });
  if (rows.length === 0) return;
  yield { kind: 'subheading', text: headings.history };
  yield { kind: 'table', head: ['', columns.step, columns.date], rows };
}

function* fileBlocks(
  words: ReportWords,
  { uncertain, unreadShared, failed, sizes, ...counts }: NonNullable<ComparedPlatform['files']>,
  files: ListedFiles | undefined,
): Generator<Block, void, void> {
  const { headings, columns, sides } = words;
  yield { kind: 'subheading', text: headings.files };
  yield { kind: 'text', text: words.files(counts) };
  if (uncertain > 0) yield { kind: 'text', text: words.uncertain(uncertain, unreadShared.length) };
  for (const { side, layer, failure } of failed)
    yield { kind: 'text', text: words.layerFailed(side, layer, failure) };
  if (sizes.length > 0)
    yield {
      kind: 'table',
      head: [columns.directory, sides.left, sides.right, columns.difference, columns.files],
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
    head: ['', columns.path, columns.aspects, sides.left, sides.right],
    rows: files.items.map(({ path, change, aspects, left, right, uncertain: perhaps }) => [
      perhaps ? `${words.term(change)} ?` : words.term(change),
      `/${path}`,
      aspects.map(words.term).join(', '),
      fileText(words, left),
      fileText(words, right),
    ]),
  };
  if (files.total > files.items.length)
    yield { kind: 'text', text: words.notListed(files.total - files.items.length) };
}

function fileText({ term }: ReportWords, file: ComparedFile | undefined): string {
  if (!file) return '—';
  const { type, size, mode, uid, gid, link } = file;
  const what = link === undefined ? (type === 'file' ? bytesText(size) : term(type)) : `→ ${link}`;
  return `${what}, ${mode.toString(8).padStart(4, '0')}, ${uid}:${gid}`;
}

function* packageBlocks(
  words: ReportWords,
  { added, removed, changed, read, leftOut }: NonNullable<ComparedPlatform['packages']>,
): Generator<Block, void, void> {
  const { headings, columns, sides } = words;
  yield { kind: 'subheading', text: headings.packages };
  yield {
    kind: 'text',
    text: words.packages({
      added: added.length,
      removed: removed.length,
      changed: changed.length,
      same: read?.same,
      leftOut,
    }),
  };
  const rows = [...changed, ...added, ...removed].map(
    ({ change, type, name, left, right }: PackageDifference) => [
      words.term(change),
      name,
      type,
      left.join(', ') || '—',
      right.join(', ') || '—',
    ],
  );
  if (rows.length > 0)
    yield { kind: 'table', head: ['', columns.package, columns.type, sides.left, sides.right], rows };
}

function* attachedBlocks(
  words: ReportWords,
  { attached: { kinds, unseen } }: Comparison,
): Generator<Block, void, void> {
  if (kinds.length === 0 && unseen.length === 0) return;
  const { headings, columns, sides, states } = words;
  yield { kind: 'heading', text: headings.attached };
  yield { kind: 'text', text: words.attachedNote };
  if (kinds.length > 0)
    yield {
      kind: 'table',
      head: [columns.kind, '', sides.left, sides.right],
      rows: kinds.map(({ kind, state, left, right }) => [
        words.term(kind),
        states[state],
        left.map(({ digest }) => short(digest)).join(' ') || '—',
        right.map(({ digest }) => short(digest)).join(' ') || '—',
      ]),
    };
  for (const { side, place, failure } of unseen)
    yield { kind: 'text', text: words.unseen(side, place, failure) };
}

const short = (digest: string | undefined): string =>
  digest === undefined ? '—' : digest.replace(/^(\w+:)?([0-9a-f]{12}).*$/, '$2');
