import { isAtLeast } from '../../src-main/common/findings.ts';
import type { ScanOverview } from '../../src-main/common/product-said.ts';
import { MANIFEST_KINDS } from '../../src-main/engine/vocabulary/manifests.ts';
import { SEVERITIES, type Severity } from '../../src-main/engine/vocabulary/scanning.ts';
import { foldText } from '../lists/word-filter.ts';
import { matchesPattern } from '../selection/glob.ts';
import { formatPlatform } from '../ui/format.ts';
import { ROWS_A_STEP, type Sliced } from '../ui/slices.ts';
import { hasMark } from './attached-marks.ts';
import { cameAt } from './order.ts';
import { isVersion } from './tag-names.ts';
import { isAttachedKnown, type Tag, type TagRow } from './tag-rows.ts';

/** Milliseconds of what ages are counted in. */
const AGES: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  mo: 30.44 * 86_400_000,
  y: 365.25 * 86_400_000,
};

const SIZES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** Undefined: it is not known of this row. */
type RowTest = (row: TagRow) => boolean | undefined;
type TagTest = (tag: Tag, row: TagRow) => boolean;

/** What a filter lets through. */
export interface TagFilter {
  /** As it was typed. */
  readonly typed: string;
  /** The row; with fewer tags where it is some of them that pass; undefined where none does. The same object for the same row. */
  apply(row: TagRow): TagRow | undefined;
  /** It rests on what is attached to images, which may not have been looked for. */
  readonly usesAttached: boolean;
  /** It asks for manifests without a tag. */
  readonly untagged: boolean;
  /** Words of it that mean nothing, and are left out. */
  readonly problems: readonly string[];
}

/** `age>30d size>1GB arch:arm64 signed:no is:moving untagged pr-* !latest`, and words that names or digests contain: all must hold. */
export function parseTagFilter(typed: string, now: () => number): TagFilter {
  const rowTests: RowTest[] = [];
  const tagTests: TagTest[] = [];
  const problems: string[] = [];
  let usesAttached = false;
  let untagged = false;
  for (const word of typed.split(/\s+/).filter(Boolean)) {
    const negated = word.startsWith('!');
    const plain = negated ? word.slice(1) : word;
    if (plain === '') continue;
    const condition = conditionOf(plain, now);
    if (condition === undefined) problems.push(word);
    else if ('row' in condition) {
      usesAttached ||= condition.ofAttached === true;
      untagged ||= condition.row === isUntagged && !negated;
      rowTests.push((row) => {
        const passes = condition.row(row);
        // What is not known of a row is neither one way nor the other.
        return passes !== undefined && passes !== negated;
      });
    } else tagTests.push((tag, row) => condition.tag(tag, row) !== negated);
  }
  const part = new WeakMap<TagRow, TagRow>();
  const apply = (row: TagRow): TagRow | undefined => {
    if (!rowTests.every((test) => test(row))) return undefined;
    if (tagTests.length === 0) return row;
    if (row.tags.length === 0) return tagTests.every((test) => test(NO_TAG, row)) ? row : undefined;
    const tags = row.tags.filter((tag) => tagTests.every((test) => test(tag, row)));
    if (tags.length === 0) return undefined;
    if (tags.length === row.tags.length) return row;
    const known = part.get(row) ?? { ...row, tags };
    part.set(row, known);
    return known;
  };
  return { typed, apply, usesAttached, untagged, problems };
}

/** What the names of a manifest without a tag are told by. */
const NO_TAG: Tag = {
  name: '',
  folded: '',
  key: '',
  moving: false,
  moved: undefined,
  immutable: false,
  change: undefined,
  place: 0,
};

const isUntagged: RowTest = ({ tags }) => tags.length === 0;

/** The rows that pass; the same array where all do. */
export function* filterRows(rows: readonly TagRow[], filter: TagFilter): Sliced<readonly TagRow[]> {
  const passed: TagRow[] = [];
  let isAll = true;
  for (const [at, row] of rows.entries()) {
    if (at % ROWS_A_STEP === 0) yield;
    const part = filter.apply(row);
    isAll &&= part === row;
    if (part) passed.push(part);
  }
  return isAll ? rows : passed;
}

type Condition = { row: RowTest; ofAttached?: boolean } | { tag: TagTest };

/** Undefined: it looks like a condition and is none. */
function conditionOf(word: string, now: () => number): Condition | undefined {
  const [, field = '', operator = '', value = ''] = /^([a-z]+)(:|[<>]=?)(.*)$/i.exec(word) ?? [];
  if (field === '') return foldText(word) === 'untagged' ? { row: isUntagged } : { tag: nameTest(word) };
  switch (`${foldText(field)}${operator === ':' ? ':' : '<'}`) {
    case 'age<':
      return measured(operator, amountOf(value, AGES, 'd'), (row) => {
        const came = cameAt(row);
        return came === undefined ? undefined : now() - came;
      });
    case 'size<':
      return measured(operator, amountOf(value, SIZES, 'b'), (row) => row.details?.size);
    case 'arch:':
      return onPlatform(value, ({ architecture, variant }) => [
        architecture,
        `${architecture}/${variant ?? ''}`,
      ]);
    case 'os:':
      return onPlatform(value, ({ os }) => [os]);
    case 'platform:':
      return onPlatform(value, (platform) => [
        formatPlatform(platform),
        `${platform.os}/${platform.architecture}`,
      ]);
    case 'signed:':
      return yesNo(value, ({ attached }) => hasMark(attached, 'signature'));
    case 'sbom:':
      return yesNo(value, ({ attached }) => hasMark(attached, 'sbom'));
    case 'attached:':
      return yesNo(value, ({ attached }) => attached !== 0);
    case 'kind:': {
      const kind = MANIFEST_KINDS.find((each) => foldText(each) === foldText(value));
      return kind && { row: ({ details }) => (details === undefined ? undefined : details.kind === kind) };
    }
    case 'label:':
      return value === ''
        ? undefined
        : { row: ({ note }) => note?.labels.some((label) => foldText(label) === foldText(value)) };
    case 'cve:': {
      const least = SEVERITIES.find((severity) => severity === foldText(value));
      return least && { row: ({ note }) => note?.scan && foundOf(note.scan, least) };
    }
    case 'digest:':
      return value === '' ? undefined : { row: ({ details }) => details?.digest.includes(foldText(value)) };
    case 'is:':
      return stateOf(foldText(value));
    default:
      // A word that has such a sign in it: a digest, `sha256:…`.
      return operator === ':' ? { tag: nameTest(word) } : undefined;
  }
}

/** Whether a scan has found what is as severe as that, or worse; undefined while it has not ended. */
function foundOf({ state, counts }: ScanOverview, least: Severity): boolean | undefined {
  if (state !== 'done') return undefined;
  return SEVERITIES.some((severity) => (counts[severity] ?? 0) > 0 && isAtLeast(severity, least));
}

function stateOf(state: string): Condition | undefined {
  switch (state) {
    case 'version':
      return { tag: ({ name, moving }) => !moving && isVersion(name) };
    case 'moving':
      return { tag: ({ moving }) => moving };
    case 'changed':
      return { tag: ({ change }) => change !== undefined };
    default:
      return undefined;
  }
}

/** With `*` and `?` the whole name, else a part of it or of the digest. */
function nameTest(word: string): TagTest {
  const folded = foldText(word);
  if (!/[*?]/.test(folded)) {
    return ({ folded: name }, { details }) =>
      name.includes(folded) || details?.digest.includes(folded) === true;
  }
  return ({ folded: name }) => matchesPattern(folded, name);
}

function amountOf(text: string, units: Readonly<Record<string, number>>, usual: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(foldText(text)) ?? [];
  const factor = units[unit === '' ? usual : unit];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

function measured(
  operator: string,
  amount: number | undefined,
  measure: (row: TagRow) => number | undefined,
): Condition | undefined {
  if (amount === undefined) return undefined;
  return {
    row: (row) => {
      const value = measure(row);
      if (value === undefined) return undefined;
      if (operator.endsWith('=') && value === amount) return true;
      return operator.startsWith('>') ? value > amount : value < amount;
    },
  };
}

type Platform = NonNullable<TagRow['details']>['platforms'][number];

function onPlatform(value: string, names: (platform: Platform) => readonly string[]): Condition | undefined {
  if (value === '') return undefined;
  const wanted = foldText(value);
  return {
    row: ({ details }) => details?.platforms.some((platform) => names(platform).includes(wanted)),
  };
}

/** By what is attached: what is not there is known only where it was looked for. */
function yesNo(value: string, test: (row: TagRow) => boolean): Condition | undefined {
  const wanted = foldText(value);
  if (wanted !== 'yes' && wanted !== 'no') return undefined;
  return {
    ofAttached: true,
    row: (row) => {
      const has = test(row);
      return has || isAttachedKnown(row) ? has === (wanted === 'yes') : undefined;
    },
  };
}

/** How many rows a filter can say nothing of, since what is attached to them was not looked for. */
export function unlookedAmong(rows: readonly TagRow[], { usesAttached }: TagFilter): number {
  if (!usesAttached) return 0;
  return rows.filter((row) => row.details !== undefined && !isAttachedKnown(row)).length;
}
