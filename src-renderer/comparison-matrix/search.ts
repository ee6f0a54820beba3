import { z } from 'zod';
import {
  DATED,
  type MatrixDefinition,
  matrixDefinition,
  PAIR_STATES,
} from '../../src-main/common/comparison-matrix.ts';

const text = z.string().optional().catch(undefined);
const textList = z
  .union([z.string().transform((each) => [each]), z.array(z.string())])
  .optional()
  .catch(undefined);

/** What is compared, and which rows are shown, in the address. */
export const matrixSearch = z.object({
  /** Each `ACCOUNT`, `ACCOUNT/NAMESPACE/` or `ACCOUNT/REPOSITORY`. */
  side: textList,
  /** Template of names at the other sides. */
  rename: text,
  /** Which side is beside the first one, where there are more than two. */
  other: z.coerce.number().int().min(1).optional().catch(undefined),
  state: z.enum(PAIR_STATES).optional().catch(undefined),
  newer: z.enum(DATED).optional().catch(undefined),
  filter: text,
  /** Id of the saved comparison that it is. */
  saved: text,
});
export type MatrixSearch = z.infer<typeof matrixSearch>;

/** A side as it is written in a form. */
export interface SideDraft {
  accountId: string;
  /** Empty, `namespace/` or a repository. */
  place: string;
}

export const SAME_NAMES = '{repository}';

export function sideText({ accountId, place }: SideDraft): string {
  return place === '' ? accountId : `${accountId}/${place}`;
}

export function readSide(written: string): SideDraft {
  const slash = written.indexOf('/');
  return slash < 0
    ? { accountId: written, place: '' }
    : { accountId: written.slice(0, slash), place: written.slice(slash + 1) };
}

/** Undefined where it names nothing that can be compared. */
export function definitionOf({ side = [], rename = SAME_NAMES }: MatrixSearch): MatrixDefinition | undefined {
  const sides = side.map(readSide).map(({ accountId, place }) => ({
    accountId,
    rename,
    ...(place === '' ? {} : place.endsWith('/') ? { namespace: place.slice(0, -1) } : { repository: place }),
  }));
  return matrixDefinition.safeParse({ sides }).data;
}

/** One of its registries was removed: nothing can be asked of it. */
export function isGone({ sides }: MatrixDefinition, accounts: readonly { id: string }[]): boolean {
  return sides.some(({ accountId }) => !accounts.some(({ id }) => id === accountId));
}

/** The other way: the address of a comparison. */
export function searchOf({ sides }: MatrixDefinition): Pick<MatrixSearch, 'side' | 'rename'> {
  const rename = sides[1]?.rename;
  return {
    side: sides.map(({ accountId, namespace, repository }) =>
      sideText({ accountId, place: repository ?? (namespace === undefined ? '' : `${namespace}/`) }),
    ),
    rename: rename === SAME_NAMES ? undefined : rename,
  };
}
