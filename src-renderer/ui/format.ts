import type { TFunction } from 'i18next';
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

/** Always by number: words like "yesterday" are of the calendar, and not true of every 24 hours. */
const relativeWords = perLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: 'always' }));
const exactTimes = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' }),
);
const days = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }),
);
const clocks = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const numbers = perLanguage((language) => new Intl.NumberFormat(language));
const percents = perLanguage((language) => new Intl.NumberFormat(language, { style: 'percent' }));

/** Between a number and its unit, which no line end may part. Only where people read: what is exported has plain spaces. */
const NO_BREAK = '\u00a0';

/** Bytes in decimal units with three significant digits: `0 B`, `999 B`, `1.23 MB`, `46.1 GB`. */
export function formatBytes(bytes: number): string {
  const { value, unit } = inUnits(bytes);
  if (unit === 'B') return `${Math.round(value)}${NO_BREAK}B`;
  const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)}${NO_BREAK}${unit}`;
}

/** Units of ages with their seconds, and so many of each that the next one is used: two months are not "last month". */
const STEPS = [
  { unit: 'minute', seconds: 60, most: 60 },
  { unit: 'hour', seconds: 3_600, most: 24 },
  { unit: 'day', seconds: 86_400, most: 60 },
  { unit: 'month', seconds: 30.44 * 86_400, most: 24 },
  { unit: 'year', seconds: 365.25 * 86_400, most: Number.POSITIVE_INFINITY },
] as const;

/** So far ahead is what just happened by another machine's clock. */
const SKEW_SECONDS = 10;

/** How long ago (or ahead) an instant is, rounded: `14 days ago`, `2 小时前`; `just now` within a minute. */
export function formatRelative(instant: Date, now: Date, t: TFunction, language: string): string {
  const seconds = (instant.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) < 60) return t(seconds > SKEW_SECONDS ? 'ui.soon' : 'ui.justNow');
  for (const step of STEPS) {
    const amount = Math.round(seconds / step.seconds);
    if (Math.abs(amount) < step.most) return spaced(relativeWords(language).format(amount, step.unit));
  }
  return formatExact(instant, language);
}

/** A number stands apart from Chinese letters, as in all other words, and never alone at the end of a line. */
function spaced(words: string): string {
  return words.replace(/(?<=\d)(?: (?=\p{Letter})|(?=\p{Script=Han}))/gu, NO_BREAK);
}

/** An age in a few characters, rounded: `5 h`, `60 d`, `2.4 y`. */
export function formatAge(instant: Date, now: Date, t: TFunction): string {
  const seconds = (now.getTime() - instant.getTime()) / 1000;
  if (Math.abs(seconds) < 60) return t('ui.age.now');
  if (seconds < 0) return t('ui.age.ahead', { age: formatAge(now, instant, t) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('ui.age.minutes', { number: minutes });
  const hours = Math.round(seconds / 3_600);
  if (hours < 48) return t('ui.age.hours', { number: hours });
  const number = Math.round(seconds / 86_400);
  if (number < 1_000) return t('ui.age.days', { number });
  return t('ui.age.years', { number: (number / 365.25).toFixed(1) });
}

/** Milliseconds for which the time of day matters. */
const TIMED = 7 * 86_400_000;

/** A day, with its time where it is of these days and with its year where it is not of this one: `25 Nov 14:31`, `9 May 2024`. */
export function formatDay(instant: Date, now: Date, language: string): string {
  const { year, month, day } = partsOf(instant, language);
  const isTimed = Math.abs(now.getTime() - instant.getTime()) < TIMED;
  const time = isTimed ? ` ${clocks(language).format(instant)}` : '';
  const isDated = !isTimed && instant.getFullYear() !== now.getFullYear();
  return language.startsWith('zh')
    ? `${isDated ? `${year}年` : ''}${month}月${day}日${time}`
    : `${day} ${month}${isDated ? ` ${year}` : ''}${time}`;
}

/** A day of the calendar, given as `2026-11-26`, always with its year: `26 Nov 2026`, `2026年11月26日`. */
export function formatDate(date: string, language: string): string {
  const instant = new Date(`${date}T00:00`);
  if (Number.isNaN(instant.getTime())) return date;
  if (language.startsWith('zh')) return days(language).format(instant);
  const { year, month, day } = partsOf(instant, language);
  return `${day} ${month} ${year}`;
}

function partsOf(instant: Date, language: string) {
  const parts = new Map(
    days(language)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return { year: parts.get('year'), month: parts.get('month'), day: parts.get('day') };
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
