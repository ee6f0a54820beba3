import type { AttachedDocument, Referrer } from '../../../common/referrers.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { manifestAt } from '../manifest-at.ts';
import { bytesText, oneLine, print, printJson, report, shortDigest } from '../output.ts';
import { Table } from '../table.ts';

export interface ReferrersFlags {
  readonly artifactType?: string;
}

/** `referrers REF`: what is attached to a manifest, and what it claims. What could not be read is reported, and fails the command. */
export async function referrers(
  context: Context,
  text: string,
  { artifactType }: ReferrersFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const { handle, repository, reference } = await manifestAt(context, text, access);
  const {
    digest,
    referrers: all,
    unseen,
    leftOut,
  } = await core.referrers.list(handle, repository, reference, { signal });
  const found = all.filter((one) => artifactType === undefined || one.artifactType === artifactType);
  const [gap] = unseen;
  if (gap && found.length === 0) throw new CommandFailure(gap.failure);
  if (json) await printJson({ reference: text, digest, referrers: found.map(documentOf), leftOut });
  else if (found.length > 0) {
    await print(lines(found));
    report('It is attached, and that is all that is known: no signature is verified, no statement checked.');
  }
  if (leftOut > 0) report(`${leftOut} more are not listed.`);
  if (gap) throw new CommandFailure(gap.failure);
}

function documentOf({ artifactType, created, tag, problem, ...referrer }: Referrer): object {
  return {
    ...referrer,
    artifactType: artifactType ?? null,
    created: created ?? null,
    tag: tag ?? null,
    problem: problem ?? null,
  };
}

/** For people; with whole digests, which are what such a manifest is known by. */
function lines(found: readonly Referrer[]): string[] {
  const rows = found.map(({ digest, size, documents, kind, artifactType, mediaType }) => [
    digest,
    bytesText(documents.reduce((bytes, document) => bytes + document.size, size)),
    kind,
    artifactType ?? mediaType,
  ]);
  const [header = '', ...each] = new Table(['ATTACHED', 'SIZE', 'KIND', 'TYPE'], [1]).lines(rows);
  return [header, ...each.flatMap((line, position) => [line, ...detailLines(found[position])])];
}

function detailLines(referrer: Referrer | undefined): string[] {
  if (!referrer) return [];
  const { via, tag, subject, created, documents, problem } = referrer;
  const facts = [
    ['to', via === 'index' ? `${shortDigest(subject)}, in its index` : shortDigest(subject)],
    ...(tag === undefined ? [] : [['tag', tag]]),
    ...(created === undefined ? [] : [['created', created]]),
    ...documents.flatMap(factsOf),
    ...(problem ? [['unread', problem.reason ?? problem.message]] : []),
  ];
  return new Table(['', '']).lines(facts.map(([name = '', value = '']) => [`  ${name}`, oneLine(value)]));
}

function factsOf(document: AttachedDocument): string[][] {
  const { topic, format, predicateType, mediaType, signers, claims, problem } = document;
  const { source, commit, builder, tool, findings, finished } = claims;
  const name = format === undefined ? topic : `${topic} (${format})`;
  const facts: [string, string | undefined][] = [
    ['builder', builder],
    ['source', source],
    ['commit', commit],
    ['tool', tool],
    ['findings', findings === undefined ? undefined : String(findings)],
    ['finished', finished],
    ['signer', signers.length === 0 ? undefined : signers.join(', ')],
    ['unread', problem && (problem.reason ?? problem.message)],
  ];
  return [
    [topic === 'other' ? 'blob' : name, predicateType ?? mediaType],
    ...facts.flatMap(([title, value]) => (value === undefined ? [] : [[`  ${title}`, value]])),
  ];
}
