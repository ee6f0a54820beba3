import type { RepositoryStorage } from '../../src-main/common/storage.ts';
import { Ago, type AgoProps } from '../ui/relative-time.tsx';
import classes from './storage.module.css';

type Dated = Partial<Pick<RepositoryStorage, 'pushed' | 'newest'>>;

const NOTHING: Dated = {};

/** RFC 3339 of when something last came: pushed where the product says so, else when the newest image was created. */
export const cameAt = ({ pushed, newest }: Dated): string | undefined => pushed ?? newest;

/** When something last came, or a dash; its hint says whether that is a push. For cells: it is given the words. */
export function LastImage({
  of = NOTHING,
  ...words
}: { of: Dated | undefined } & Pick<AgoProps, 't' | 'language'>) {
  const value = cameAt(of);
  if (value === undefined) return <span className={classes.quiet}>–</span>;
  return <Ago {...words} value={value} of={of.pushed === undefined ? 'createdAt' : 'pushedAt'} />;
}
