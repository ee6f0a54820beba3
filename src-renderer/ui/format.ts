import { inUnits } from '../../src-main/common/bytes.ts';

/** Makes a formatter once for each language: making one costs more than a thousand uses of it. */
function perLanguage<Formatter>(make: (language: string) => Formatter): (language: string) => Formatter {
  const made = new Map<string, Formatter>();
  return (language) => {
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}

const relativeWords = perLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
const exactTimes = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' }),
);
const numbers = perLanguage((language) => new Intl.NumberFormat(language));
const percents = perLanguage((language) => new Intl.NumberFormat(language, { style: 'percent' }));

/** Bytes in decimal units with three significant digits: `0 B`, `999 B`, `1.23 MB`, `46.1 GB`. */
export function formatBytes(bytes: number): string {
  const { value, unit } = inUnits(bytes);
  if (unit === 'B') return `${Math.round(value)} B`;
  const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 365.25 * 86_400],
  ['month', 30.44 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago (or ahead) an instant is, in the largest unit that fits: `3 days ago`, `2小时前`. */
export function formatRelative(instant: Date, now: Date, language: string): string {
  const seconds = (instant.getTime() - now.getTime()) / 1000;
  const words = relativeWords(language);
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  return words.format(0, 'second');
}

/** Date and time to the second with the time zone. */
export function formatExact(instant: Date, language: string): string {
  return exactTimes(language).format(instant);
}

/** Whole numbers with the language's group separators. */
export function formatCount(count: number, language: string): string {
  return numbers(language).format(count);
}

/** A share in whole percent; all of it is 100 % only when it is whole. */
export function formatPercent(share: number, language: string): string {
  return percents(language).format(Math.floor(share * 100) / 100);
}

/** A digest's algorithm and first twelve hexadecimal digits, as `docker images` shows them. */
export function shortDigest(digest: string): string {
  const colon = digest.indexOf(':');
  return colon < 0
    ? digest.slice(0, 12)
    : `${digest.slice(0, colon + 1)}${digest.slice(colon + 1, colon + 13)}`;
}

/** `linux/arm64/v8`; what is unknown is left out. */
export function formatPlatform(platform: {
  os: string;
  architecture: string;
  variant?: string | undefined;
  osVersion?: string | undefined;
}): string {
  const parts = [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/');
  return platform.osVersion ? `${parts} (${platform.osVersion})` : parts;
}
