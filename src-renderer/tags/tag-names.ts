import { ATTACHED_TAG, type AttachedKind } from '../../src-main/engine/vocabulary/attached.ts';
import { byCodeUnit } from '../lists/natural-order.ts';
import { ROWS_A_STEP, type Sliced } from '../ui/slices.ts';

/** `1.4.2`, `v2`, `1.5.0-rc.2`: a core of numbers and what follows it. */
const VERSION = /^(v?)(\d+(?:\.\d+)*)([-+_.]?[a-z].*)?$/i;
/** Letters and a separator before the first number: `pr-1203`, `build_7`. */
const FAMILY = /^[a-z][a-z._-]*[._-](?=\d)/i;
/** Tags that a family has at least, and families that are named. */
const FAMILY_TAGS = 3;
const FAMILIES = 3;
/** Characters of a digest's hex that are part of a tag named after it. */
const TAGGED_HEX = 64;

/** What one cosign suffix stands for. */
const SUFFIXES: Readonly<Record<string, AttachedKind>> = {
  sig: 'signature',
  att: 'attestation',
  sbom: 'sbom',
};

/** A tag's name with what sorting and filtering need of it. */
export interface TagName {
  readonly name: string;
  readonly folded: string;
  readonly key: string;
}

/** What the names of a repository's tags say, all of them taken together. */
export interface TagNames {
  /** Those that are there for people; what is attached to images is not among them. */
  readonly own: readonly TagName[];
  /** How many tags are there for what is attached to images. */
  readonly attachedCount: number;
  /** What they say is attached, by what they are named after. See `attachedName`. */
  readonly attached: ReadonlyMap<string, ReadonlySet<AttachedKind>>;
  /** Names of tags that are meant to move: channels, branches, and versions that others refine. */
  readonly moving: ReadonlySet<string>;
  /** Full versions. */
  readonly versions: number;
  /** Beginnings that many tags share, the most common first. */
  readonly families: readonly { prefix: string; count: number }[];
}

export function* describeNames(names: readonly TagName[]): Sliced<TagNames> {
  const own: TagName[] = [];
  const attached = new Map<string, Set<AttachedKind>>();
  const refined = new Set<string>();
  const counts = new Map<string, number>();
  for (const [at, tag] of names.entries()) {
    if (at % ROWS_A_STEP === 0) yield;
    const match = ATTACHED_TAG.exec(tag.name);
    if (match) {
      const [, subject = '', suffix] = match;
      const kinds = attached.get(subject.slice(0, 'sha256-'.length + TAGGED_HEX)) ?? new Set();
      attached.set(
        subject.slice(0, 'sha256-'.length + TAGGED_HEX),
        kinds.add(SUFFIXES[suffix ?? ''] ?? 'other'),
      );
      continue;
    }
    own.push(tag);
    for (const shorter of refinedBy(tag.name)) refined.add(shorter);
    const [prefix] = FAMILY.exec(tag.name) ?? [];
    if (prefix !== undefined) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  const moving = new Set<string>();
  let versions = 0;
  for (const [at, { name }] of own.entries()) {
    if (at % ROWS_A_STEP === 0) yield;
    if (refined.has(name) || !/\d/.test(name)) moving.add(name);
    else if (VERSION.test(name)) versions++;
  }
  const families = [...counts]
    .filter(([, count]) => count >= FAMILY_TAGS && count < own.length)
    .map(([prefix, count]) => ({ prefix, count }))
    .sort((a, b) => b.count - a.count || byCodeUnit(a.prefix, b.prefix))
    .slice(0, FAMILIES);
  return { own, attachedCount: names.length - own.length, attached, moving, versions, families };
}

/** Shorter versions that this one refines: of `1.5.0-rc.2` these are `1.5.0-rc`, `1.5-rc.2`, `1.5`, `1-rc.2`, `1`. */
function refinedBy(name: string): string[] {
  const match = VERSION.exec(name);
  if (!match) return [];
  const [, mark = '', core = '', suffix = ''] = match;
  const shorter: string[] = [];
  for (let cut = suffix.lastIndexOf('.'); cut > 0; cut = suffix.lastIndexOf('.', cut - 1))
    shorter.push(mark + core + suffix.slice(0, cut));
  for (let cut = core.lastIndexOf('.'); cut > 0; cut = core.lastIndexOf('.', cut - 1)) {
    shorter.push(mark + core.slice(0, cut));
    if (suffix !== '') shorter.push(mark + core.slice(0, cut) + suffix);
  }
  return shorter;
}

export function isVersion(name: string): boolean {
  return VERSION.test(name);
}

/** What tags of what is attached to a digest begin with. */
export function attachedName(digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':');
  return `${algorithm}-${hex.slice(0, TAGGED_HEX)}`;
}

/**
 * Order of the tags on one image: versions before others, the full ones first, each sort from the newest down; then channels and
 * branches, `latest` before them, then what is left.
 */
export function placeOf(name: string, moving: boolean): number {
  if (VERSION.test(name)) return moving ? 1 : 0;
  if (!moving) return 4;
  return name === 'latest' ? 2 : 3;
}
