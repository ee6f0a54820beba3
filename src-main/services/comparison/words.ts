import { bytesText } from '../../common/bytes.ts';
import type { ComparedPlatform, Comparison, ConfigDifference } from '../../common/comparison.ts';
import type { ComparisonAspect } from '../../engine/vocabulary/comparison.ts';
import type { ReportWords } from './report-words.ts';

/** In the place of what looks like a secret. */
export const secretMask = '••••••';

type Judged = Pick<Comparison, 'verdict' | 'differs' | 'unknown'>;

/** The answer in a sentence, and what it leaves open in another one. */
export function verdictText(words: ReportWords, { verdict, differs, unknown }: Judged): string {
  const sentence = verdict === 'different' ? differsText(words, differs) : words.verdicts[verdict];
  return unknown.length === 0 ? sentence : `${sentence}${words.space}${words.open(listed(words, unknown))}`;
}

function differsText(words: ReportWords, differs: readonly ComparisonAspect[]): string {
  return differs.length === 0 ? words.mayDiffer : words.differ(listed(words, differs));
}

const listed = ({ language, aspects: names }: ReportWords, aspects: readonly ComparisonAspect[]): string =>
  new Intl.ListFormat(language).format(aspects.map((aspect) => names[aspect]));

export function platformText(
  { image }: ReportWords,
  { platform }: Pick<ComparedPlatform, 'platform'>,
): string {
  if (!platform) return image;
  const { os, architecture, variant, osVersion } = platform;
  const system = osVersion === undefined ? os : `${os} ${osVersion}`;
  return [system, architecture, ...(variant === undefined ? [] : [variant])].join('/');
}

/** As a person may see it: what looks like a secret only where it is asked for. */
export function valueText(
  value: ConfigDifference['left'],
  { secret, shown }: { secret: boolean; shown: boolean },
): string {
  if (value === null) return '—';
  if (secret && !shown) return secretMask;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function instructionText(
  createdBy: string | undefined,
  { secret, shown }: { secret: boolean; shown: boolean },
): string {
  if (createdBy === undefined) return '';
  return secret && !shown ? secretMask : createdBy.replaceAll(/\s+/g, ' ');
}

export const changeText = (bytes: number): string =>
  bytes < 0 ? `−${bytesText(-bytes)}` : `+${bytesText(bytes)}`;
