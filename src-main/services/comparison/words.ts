import { bytesText } from '../../common/bytes.ts';
import type { ComparedPlatform, Comparison, ConfigDifference } from '../../common/comparison.ts';
import type { ComparisonAspect, ComparisonVerdict } from '../../engine/vocabulary.ts';

/** In English, for reports and terminals; pages have their own words. */
const VERDICTS: Readonly<Record<Exclude<ComparisonVerdict, 'different'>, string>> = {
  identical: 'Both are the same, digest for digest.',
  sameContent: 'The same content under another manifest: what runs is the same.',
  sameFiles: 'Built otherwise of the same files.',
  timestamps: 'Only timestamps differ.',
};
const ASPECTS: Readonly<Record<ComparisonAspect, string>> = {
  platforms: 'platforms',
  layers: 'layers',
  config: 'configuration',
  history: 'history',
  files: 'files',
  packages: 'packages',
  timestamps: 'timestamps',
  manifest: 'manifest',
};
/** In the place of what looks like a secret. */
export const secretMask = '••••••';

type Judged = Pick<Comparison, 'verdict' | 'differs' | 'unknown'>;

/** The answer in a sentence, and what it leaves open in another one. */
export function verdictText({ verdict, differs, unknown }: Judged): string {
  const sentence = verdict === 'different' ? differsText(differs) : VERDICTS[verdict];
  if (unknown.length === 0) return sentence;
  return `${sentence} Not compared, or not readable: ${listed(unknown)}.`;
}

function differsText(differs: readonly ComparisonAspect[]): string {
  return differs.length === 0 ? 'They may differ.' : `They differ in ${listed(differs)}.`;
}

const listed = (aspects: readonly ComparisonAspect[]): string =>
  new Intl.ListFormat('en').format(aspects.map((aspect) => ASPECTS[aspect]));

export function platformText({ platform }: Pick<ComparedPlatform, 'platform'>): string {
  if (!platform) return 'image';
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
