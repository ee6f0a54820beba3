import type {
  ImagePackage,
  PackageProblem,
  PackageSource,
  PackageSummary,
} from '../../../common/packages.ts';
import type { SbomFormat } from '../../../engine/vocabulary/packages.ts';
import type { AccessOverrides, ImageAt } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { imageOf } from '../image-of.ts';
import {
  bytesText,
  counted,
  oneLine,
  printJson,
  printJsonPiece,
  report,
  shortDigest,
  warn,
} from '../output.ts';
import { printTable } from '../print-pages.ts';
import { lastOf } from '../steps.ts';
import { Table } from '../table.ts';

export interface PackagesFlags {
  /** `os/architecture[/variant]`, of an index. */
  readonly platform?: string;
  readonly format: 'table' | SbomFormat;
  /** Where they are read from; without it an attached SBOM where there is one. */
  readonly source?: PackageSource;
}

/** Packages that are asked for at once. */
const PAGE = 1000;

/** `packages REF`: what an image has installed. A layer that could not be read is reported, and fails the command. */
export async function packages(
  context: Context,
  text: string,
  { platform, format, source }: PackagesFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const { at, index } = await imageOf(context, text, platform, access);
  const options = { index, source, signal };
  const summary = await findIn(context, at, options);
  if (format !== 'table') {
    for (const part of await core.packages.document(at, format, options)) await printJsonPiece(part);
  } else if (json) {
    const { digest, source: used, system, sboms, problems } = summary;
    const found: ImagePackage[] = [];
    for await (const page of pagesOf(context, at, options)) found.push(...page);
    await printJson({
      reference: text,
      digest,
      source: used,
      system: system ?? null,
      packages: found,
      sboms,
      problems,
    });
  } else {
    const table = new Table(['PACKAGE', 'VERSION', 'TYPE', 'LAYER', 'LICENCE'], [3]);
    await printTable(table, pagesOf(context, at, options), cellsOf);
    report(sourceLines(summary));
  }
  for (const { code, message } of summary.problems.map(warningOf)) warn({ code, message });
  const gap = summary.problems.find(({ code, layer }) => code === 'unread' && layer !== undefined);
  if (gap) throw new CommandFailure({ code: 'contentDamaged', message: warningOf(gap).message });
}

type Options = Parameters<Context['core']['packages']['find']>[1];

async function findIn({ core }: Context, at: ImageAt, options: Options): Promise<PackageSummary> {
  const { summary } = await lastOf(
    core.packages.find(at, options),
    'found',
    ({ layer, layers, read, size }) =>
      `Layer ${layer + 1} of ${layers}: ${bytesText(read)} of ${bytesText(size)}`,
  );
  return summary;
}

async function* pagesOf(
  { core }: Context,
  at: ImageAt,
  options: Options,
): AsyncGenerator<readonly ImagePackage[], void, void> {
  for (let offset = 0; ; offset += PAGE) {
    const { items, total } = await core.packages.list(at, { ...options, offset, limit: PAGE });
    yield items;
    if (offset + PAGE >= total) return;
  }
}

function cellsOf({ name, version, type, layer, licence = '' }: ImagePackage): string[] {
  return [name, version, type, layer === undefined ? '' : String(layer), oneLine(licence)];
}

function sourceLines({ packages: count, source, sboms, system }: PackageSummary): string[] {
  const used = sboms.find((sbom) => sbom.used);
  const by = used?.tool === undefined ? '' : ` by ${used.tool}`;
  const where =
    source === 'files'
      ? `in the files of the image${system ? `, ${system.name ?? system.id}` : ''}`
      : used
        ? `in the SBOM ${shortDigest(used.digest)}${by}, which is attached and not verified; --source files reads the layers`
        : 'in no SBOM';
  const unread = sboms.flatMap(({ digest, problem }) =>
    problem ? [`The SBOM ${shortDigest(digest)} was not read. ${problem.reason}`] : [],
  );
  return [`${counted(count, 'package')} ${where}.`, ...unread];
}

function warningOf({ code, reason, path, layer }: PackageProblem): { code: string; message: string } {
  const where = [...(layer === undefined ? [] : [`layer ${layer}`]), ...(path === undefined ? [] : [path])];
  return { code, message: where.length === 0 ? reason : `${where.join(', ')}: ${reason}` };
}
