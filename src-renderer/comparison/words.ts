import type { TFunction } from 'i18next';
import type { ComparedPlatform, Comparison, ConfigDifference } from '../../src-main/common/comparison.ts';
import { COMPARISON_ASPECTS, type ComparisonAspect } from '../../src-main/engine/vocabulary/comparison.ts';
import { formatBytes } from '../ui/format.ts';
import { platformKey } from './platform-pairs.ts';

/** An aspect that was not looked at. */
interface OpenAspect {
  readonly aspect: ComparisonAspect;
  /** Those of which it is so; none where it is of all that may differ in it. */
  readonly platforms: readonly string[];
}

/** What is said of a comparison, with what was read for it by now. */
export interface Judged extends Pick<Comparison, 'verdict' | 'differs' | 'bytes'> {
  readonly open: readonly OpenAspect[];
}

/** More platforms than these are counted. */
const NAMED_MAX = 3;

/** What was not looked at, and of which platforms. */
export function openOf(
  platforms: readonly Pick<ComparedPlatform, 'platform' | 'state' | 'verdict' | 'unknown'>[],
): OpenAspect[] {
  const meant = platforms.filter(({ state, verdict }) => state === 'both' && verdict !== 'identical');
  return COMPARISON_ASPECTS.flatMap((aspect) => {
    const unknown = meant.filter((each) => each.unknown.includes(aspect));
    if (unknown.length === 0) return [];
    return [{ aspect, platforms: unknown.length === meant.length ? [] : unknown.map(platformKey) }];
  });
}

export function aspectList(t: TFunction, language: string, aspects: readonly ComparisonAspect[]): string {
  const words = aspects.map((aspect) => t(`comparison.aspects.${aspect}`));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
}

/** What it comes to, in one sentence. */
export function verdictText(
  t: TFunction,
  language: string,
  { verdict, differs }: Pick<Judged, 'verdict' | 'differs'>,
): string {
  if (verdict !== 'different') return t(`comparison.verdict.${verdict}`);
  if (differs.length === 0) return t('comparison.verdict.differentSomehow');
  return t('comparison.verdict.different', { aspects: aspectList(t, language, differs) });
}

/** What was not looked at; undefined where all of it was. */
export function openText(t: TFunction, language: string, { open }: Pick<Judged, 'open'>): string | undefined {
  if (open.length === 0) return undefined;
  const list = (words: readonly string[]) =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
  const aspects = open.map(({ aspect, platforms }) => {
    const word = t(`comparison.aspects.${aspect}`);
    if (platforms.length === 0) return word;
    return platforms.length > NAMED_MAX
      ? t('comparison.ofSome', { aspect: word, count: platforms.length })
      : t('comparison.ofPlatforms', { aspect: word, platforms: list(platforms) });
  });
  return t('comparison.notKnown', { aspects: list(aspects) });
}

/** `12 MB shared`, `3 MB only on one side`, `left is 1 MB larger`. */
export function bytesTexts(t: TFunction, { left, right, shared, differing }: Judged['bytes']): string[] {
  const larger = left === right ? 'same' : left > right ? 'left' : 'right';
  return [
    t('comparison.shared', { size: formatBytes(shared) }),
    t('comparison.differing', { size: formatBytes(differing) }),
    t(`comparison.larger.${larger}`, { size: formatBytes(Math.abs(left - right)) }),
  ];
}

/** The comparison in a few lines, to be pasted somewhere. */
export function summaryText(
  t: TFunction,
  language: string,
  { left, right }: Pick<Comparison, 'left' | 'right'>,
  judged: Judged,
): string {
  const sides = (['left', 'right'] as const).map((side) => {
    const { reference, digest } = { left, right }[side];
    return `${t(`comparison.${side}`)}${t('ui.colon')}${reference} (${digest})`;
  });
  const unknown = openText(t, language, judged);
  return [
    ...sides,
    [verdictText(t, language, judged), ...(unknown === undefined ? [] : [unknown])].join(
      language.startsWith('zh') ? '' : ' ',
    ),
    bytesTexts(t, judged.bytes).join(' · '),
  ].join('\n');
}

/** Arguments as the JSON form of a Dockerfile, where one ends is never in doubt; a set as a list. */
export function configText(
  { field }: Pick<ConfigDifference, 'field'>,
  value: string | readonly string[],
): string {
  if (typeof value === 'string') return value;
  return field === 'exposedPorts' || field === 'volumes' ? value.join(', ') : JSON.stringify(value);
}

/** How many values look like secrets. */
export function secretsIn({ config, layers, history }: ComparedPlatform) {
  return {
    config: config.filter(({ secret }) => secret).length,
    layers: layers.filter(({ secret }) => secret).length,
    history: history.filter(({ secret }) => secret).length,
  };
}
