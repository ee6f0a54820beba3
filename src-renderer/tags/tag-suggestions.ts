import { foldText } from '../lists/word-filter.ts';
import type { TagNames } from './tag-names.ts';
import type { TagRow } from './tag-rows.ts';

/** A way to go on with a filter. */
export interface Suggestion {
  /** The whole filter with it. */
  readonly value: string;
  /** The word that it adds or completes. */
  readonly word: string;
  /** What the word does, as a key of the words in `tags.filterHelp`. */
  readonly help: SuggestionHelp;
}

type SuggestionHelp =
  | 'older'
  | 'younger'
  | 'pushedBefore'
  | 'pushedSince'
  | 'larger'
  | 'smaller'
  | 'arch'
  | 'attached'
  | 'untagged'
  | 'cve'
  | 'label'
  | 'state'
  | 'family';

/** Rows that are looked through for platforms. */
const LOOKED_AT = 500;
const SUGGESTIONS = 8;

/** What a repository's tags can be filtered by. */
export function filterWords(
  rows: readonly TagRow[],
  { families }: Pick<TagNames, 'families'>,
): readonly Omit<Suggestion, 'value'>[] {
  const architectures = new Set<string>();
  const labels = new Set<string>();
  let isScanned = false;
  let isPushed = false;
  for (const { details, note } of rows.slice(0, LOOKED_AT)) {
    for (const { architecture } of details?.platforms ?? []) architectures.add(architecture);
    for (const label of note?.labels ?? []) labels.add(label);
    isScanned ||= note?.scan !== undefined;
    isPushed ||= details?.pushed !== undefined;
  }
  const [older, younger] = isPushed
    ? (['pushedBefore', 'pushedSince'] as const)
    : (['older', 'younger'] as const);
  return [
    ...['age>7d', 'age>30d', 'age>90d', 'age>1y'].map((word) => ({ word, help: older })),
    ...['age<24h', 'age<7d'].map((word) => ({ word, help: younger })),
    ...['size>100MB', 'size>1GB'].map((word) => ({ word, help: 'larger' as const })),
    { word: 'size<10MB', help: 'smaller' },
    ...[...architectures].sort().map((name) => ({ word: `arch:${name}`, help: 'arch' as const })),
    ...['signed:yes', 'signed:no', 'sbom:yes', 'sbom:no', 'attached:no'].map((word) => ({
      word,
      help: 'attached' as const,
    })),
    ...(isScanned
      ? ['cve:critical', 'cve:high', '!cve:high'].map((word) => ({ word, help: 'cve' as const }))
      : []),
    ...[...labels].sort().map((name) => ({ word: `label:${name}`, help: 'label' as const })),
    { word: 'untagged', help: 'untagged' },
    ...['is:version', 'is:moving', 'is:changed'].map((word) => ({ word, help: 'state' as const })),
    ...families.flatMap(({ prefix }) =>
      [`${prefix}*`, `!${prefix}*`].map((word) => ({ word, help: 'family' as const })),
    ),
  ];
}

/** Words that the last one typed may become; without one, the first of each sort. */
export function suggest(typed: string, words: ReturnType<typeof filterWords>): readonly Suggestion[] {
  const last = /\S*$/.exec(typed)?.[0] ?? '';
  const before = typed.slice(0, typed.length - last.length);
  const folded = foldText(last);
  const fitting =
    folded === ''
      ? words.filter(({ help }, index) => words.findIndex((each) => each.help === help) === index)
      : words.filter(({ word }) => foldText(word).startsWith(folded) && foldText(word) !== folded);
  return fitting.slice(0, SUGGESTIONS).map((each) => ({ ...each, value: `${before}${each.word} ` }));
}

/** The filter with a word put in, or taken out where it is there. */
export function toggleWord(typed: string, word: string): string {
  const words = typed.split(/\s+/).filter(Boolean);
  const rest = words.filter((each) => each !== word);
  return (rest.length < words.length ? rest : [...words, word]).join(' ');
}

export function hasWord(typed: string, word: string): boolean {
  return typed.split(/\s+/).includes(word);
}
