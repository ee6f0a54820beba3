import type { Failure } from '../../common/failure.ts';
import { type AnyPlace, keepsDigests } from '../../common/place.ts';
import type { CopyOptions, TransferSummary } from '../../common/transfer.ts';
import { reasonOf, UsageError } from './failures.ts';
import { bytesText, counted } from './output.ts';

/** What goes along with an image, as commander gives it. */
export interface CopyFlags {
  readonly withAttached?: boolean;
  readonly platform?: readonly string[];
  readonly sparseIndex?: boolean;
  readonly withForeign?: boolean;
}

const PLATFORM = /^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)?$/;

/** @throws UsageError */
export function copyOptionsOf({
  withAttached,
  platform = [],
  sparseIndex,
  withForeign,
}: CopyFlags): CopyOptions {
  const wrong = platform.find((text) => !PLATFORM.test(text));
  if (wrong !== undefined)
    throw new UsageError(`"${wrong}" is not a platform: give os/arch or os/arch/variant.`);
  if (sparseIndex && platform.length === 0)
    throw new UsageError(
      '--sparse-index says what becomes of an index that loses platforms: add --platform.',
    );
  return {
    attached: withAttached === true,
    platforms: [...platform],
    index: sparseIndex ? 'sparse' : 'rewritten',
    foreign: withForeign === true,
  };
}

/** What choosing platforms does to the digest, before it is done. */
export function choiceText(
  { platforms, index }: CopyOptions,
  digests?: { readonly source: string; readonly target: string },
): string[] {
  if (platforms.length === 0) return [];
  const only = `  only ${platforms.join(', ')}`;
  if (index === 'sparse')
    return [
      `${only}: indexes keep their digest and name images that are not there; registries may refuse that`,
    ];
  if (digests?.source === digests?.target && digests) return [`${only}: its digest stays`];
  const change = digests ? ` (${digests.source} becomes ${digests.target})` : '';
  return [
    `${only}: indexes are rewritten, their digest changes${change}, and signatures of the whole do not fit`,
  ];
}

/** What becomes of digests where they cannot be kept. */
export function keptText({ source, target }: { source: AnyPlace; target: AnyPlace }): string[] {
  return [
    ...(keepsDigests(source)
      ? []
      : [`  ${source.host} may hold layers uncompressed: then the digest is another one than in a registry`]),
    ...(keepsDigests(target)
      ? []
      : [`  ${target.host} keeps no digest: an image goes by its ID there, and layers lie uncompressed`]),
  ];
}

/** Layers that are not there afterwards, and where they are; nothing where there are none. */
export function leftOutText({ count, bytes, hosts }: TransferSummary['leftOut']): string[] {
  if (count === 0) return [];
  const stays = count === 1 ? 'stays' : 'stay';
  const where =
    hosts.length > 0 ? `${stays} at ${hosts.join(', ')}` : `${stays} away: the source does not hold them`;
  return [`${counted(count, 'foreign layer')} (${bytesText(bytes)}) ${where}`];
}

/** Images that tags move away from are deleted by the registry itself. */
export function replacedText({ takesReplaced }: TransferSummary): string[] {
  return takesReplaced
    ? ['when a tag moves, this registry deletes the image that it named, unless another tag names it']
    : [];
}

/** The tag at the target may be there and move: whether it does is not known. */
export function unseenText(why: Failure): string {
  return `the target tag could not be checked before writing: ${reasonOf(why)}`;
}

export function blobsText({ send, mount, present }: TransferSummary['blobs']): string {
  return (
    `blobs: ${send.count} to send (${bytesText(send.bytes)}), ${mount.count} to mount (${bytesText(mount.bytes)}), ` +
    `${present.count} there already (${bytesText(present.bytes)})`
  );
}
