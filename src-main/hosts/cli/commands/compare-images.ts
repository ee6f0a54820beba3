import { resolve } from 'node:path';
import type {
  ComparedPlatform,
  Comparison,
  ConfigDifference,
  FileDifference,
} from '../../../common/comparison.ts';
import type { Language } from '../../../common/languages.ts';
import type { Side } from '../../../engine/vocabulary/transfer.ts';
import {
  type AccessOverrides,
  type ComparedImages,
  pinnedImage,
  reportOf,
  secretMask,
} from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure, Different, UsageError } from '../failures.ts';
import { manifestAt } from '../manifest-at.ts';
import { bytesText, print, printJsonPiece, shortDigest, warn } from '../output.ts';
import { printJsonArray } from '../print-pages.ts';
import { lastOf } from '../steps.ts';
import { Table } from '../table.ts';

export interface CompareImagesFlags {
  readonly files?: boolean;
  readonly packages?: boolean;
  /** `os/architecture[/variant]` */
  readonly platform?: string;
  readonly shared?: boolean;
  readonly secrets?: boolean;
  /** Files that reports are written to. */
  readonly markdown?: string;
  readonly html?: string;
  /** Of reports. */
  readonly lang?: Language;
}

/** Files that are listed for people; `--json` and `diff` have all of them. */
const LISTED_MAX = 1000;

/** `compare IMAGE IMAGE`: a verdict, and in what they differ. @throws Different; CommandFailure where something could not be read */
export async function compareImages(
  context: Context,
  { left, right }: { left: string; right: string },
  flags: CompareImagesFlags,
  access: Record<Side, AccessOverrides>,
): Promise<void> {
  const { core, json, signal } = context;
  const { files = false, packages = false, shared = false, platform, secrets = false, lang = 'en' } = flags;
  if (shared && !files) throw new UsageError('--shared is about files: add --files.');
  if (flags.lang !== undefined && flags.markdown === undefined && flags.html === undefined)
    throw new UsageError('--lang is about reports: add --markdown or --html.');
  const images: ComparedImages = {
    left: await manifestAt(context, left, access.source),
    right: await manifestAt(context, right, access.target),
  };
  const choice = { files, packages, shared, ...(platform === undefined ? {} : { platform }) };
  const comparison = await compared(context, images, choice);
  for (const format of ['markdown', 'html'] as const) {
    const to = flags[format];
    if (to !== undefined)
      await core.comparison.report(images, {
        ...choice,
        format,
        secrets,
        language: lang,
        to: resolve(to),
        signal,
      });
  }
  if (json) await printDocument(context, images, comparison, { shared, secrets });
  else await printText(context, images, comparison, { shared, secrets });
  const problem = warnOf(comparison);
  if (!comparison.same) throw new Different();
  if (problem !== undefined) throw new CommandFailure({ code: 'contentDamaged', message: problem });
}

type Choice = Parameters<Context['core']['comparison']['compare']>[1];

async function compared(
  { core, signal }: Context,
  images: ComparedImages,
  choice: Choice,
): Promise<Comparison> {
  const { comparison } = await lastOf(
    core.comparison.compare(images, { ...choice, signal }),
    'compared',
    ({ side, layer, read, size, done, layers }) =>
      `Layer ${done + 1} of ${layers}, ${shortDigest(layer)} (${side}): ${bytesText(read)} of ${bytesText(size)}`,
  );
  return comparison;
}

/** @returns the first of what could not be read */
function warnOf({ platforms, attached }: Comparison): string | undefined {
  const failed = platforms.flatMap(({ files }) => files?.failed ?? []);
  const messages = [
    ...failed.map(
      ({ side, layer, failure }) =>
        [
          failure.code,
          `Layer ${layer} of the ${side} was not read: ${failure.reason ?? failure.message}`,
        ] as const,
    ),
    ...attached.unseen.map(
      ({ side, place, failure }) =>
        [
          failure.code,
          `Attachments of ${place} of the ${side} could not be read: ${failure.message}`,
        ] as const,
    ),
  ];
  for (const [code, message] of messages) warn({ code, message });
  return failed.length > 0 ? messages[0]?.[1] : undefined;
}

interface Shown {
  shared: boolean;
  secrets: boolean;
}

/** The two of one platform. */
function imagesOf({ left, right }: ComparedImages, pair: ComparedPlatform): ComparedImages | undefined {
  if (!pair.files || pair.left === undefined || pair.right === undefined) return undefined;
  return { left: pinnedImage(left, pair.left), right: pinnedImage(right, pair.right) };
}

async function printText(
  { core, signal }: Context,
  images: ComparedImages,
  comparison: Comparison,
  { shared, secrets }: Shown,
): Promise<void> {
  const files = [];
  for (const platform of comparison.platforms) {
    const of = imagesOf(images, platform);
    const page = { offset: 0, limit: LISTED_MAX, shared, signal };
    files.push(of && (await core.comparison.files(of, page)));
  }
  for (const block of reportOf(comparison, { secrets, files })) {
    if (block.kind === 'title') continue;
    if (block.kind === 'table') await print([...new Table(block.head).lines(block.rows), '']);
    else await print(block.kind === 'text' ? [block.text, ''] : block.text.toUpperCase());
  }
}

/** The parts of all platforms in lists of their own, each saying of which it is where there are several. */
async function printDocument(
  context: Context,
  images: ComparedImages,
  { left, right, verdict, same, differs, unknown, bytes, platforms, attached }: Comparison,
  { shared, secrets }: Shown,
): Promise<void> {
  const several = platforms.length > 1;
  const of = <Row extends object>({ platform }: ComparedPlatform, rows: readonly Row[]) =>
    several ? rows.map((row) => ({ ...row, platform: platform ?? null })) : rows;
  const masked = platforms.map((one) => (secrets ? one : withoutSecrets(one)));
  const packages = platforms.some((one) => one.packages)
    ? {
        packages: {
          added: masked.flatMap((one) => of(one, one.packages?.added ?? [])),
          removed: masked.flatMap((one) => of(one, one.packages?.removed ?? [])),
          changed: masked.flatMap((one) => of(one, one.packages?.changed ?? [])),
        },
      }
    : {};
  const document = {
    ...{ left, right, verdict, same, differs, unknown, bytes },
    layers: masked.flatMap((one) => of(one, one.layers)),
    config: masked.flatMap((one) => of(one, one.config)),
    ...packages,
    attached,
    platforms: masked,
  };
  const text = JSON.stringify(document, null, 2);
  if (!platforms.some(({ files }) => files)) {
    await printJsonPiece(`${text}\n`);
    return;
  }
  await printJsonPiece(`${text.slice(0, text.lastIndexOf('\n}'))},\n  "files": {`);
  const rowsOf = async function* (change: FileDifference['change']) {
    for (const platform of platforms) {
      const pair = imagesOf(images, platform);
      if (!pair) continue;
      const options = { change, shared, times: true, signal: context.signal };
      for await (const row of context.core.comparison.differences(pair, options))
        yield of(platform, [rowOf(row)]);
    }
  };
  for (const [at, change] of (['added', 'removed', 'changed'] as const).entries()) {
    await printJsonPiece(`${at === 0 ? '' : ','}\n    "${change}": `);
    await printJsonArray(rowsOf(change), (row) => row, '    ');
  }
  await printJsonPiece('\n  }\n}\n');
}

/** What was added or removed is what it is on its side. */
function rowOf({ change, aspects, left, right, ...row }: FileDifference): object {
  return change === 'changed' ? { ...row, aspects, left, right } : { ...row, ...(left ?? right) };
}

function withoutSecrets(platform: ComparedPlatform): ComparedPlatform {
  const mask = (value: ConfigDifference['left']) => (value === null ? null : secretMask);
  const hidden = <Step extends { createdBy?: string }>(step: Step | undefined) =>
    step?.createdBy === undefined ? step : { ...step, createdBy: secretMask };
  const sides = <
    Step extends { createdBy?: string },
    Row extends { left?: Step; right?: Step; secret?: true },
  >(
    row: Row,
  ): Row => {
    if (row.secret !== true) return row;
    const [left, right] = [hidden(row.left), hidden(row.right)];
    return { ...row, ...(left ? { left } : {}), ...(right ? { right } : {}) };
  };
  return {
    ...platform,
    layers: platform.layers.map(sides),
    history: platform.history.map(sides),
    config: platform.config.map((row) =>
      row.secret ? { ...row, left: mask(row.left), right: mask(row.right) } : row,
    ),
  };
}
