import type { TFunction } from 'i18next';
import type { OperationSubject } from '../../src-main/common/operation.ts';
import type { LeftOut } from '../../src-main/common/transfer.ts';
import { firstNames } from '../deletion/plan-words.ts';

/** Repositories named in one line. */
const NAMED = 3;

type Side = Extract<OperationSubject, { kind: 'sync' }>['source'];

/** What is brought: one tag, or how many into which repositories. The registries stand beside it. */
export function whatText(t: TFunction, subject: OperationSubject): string {
  if (subject.kind === 'copy') {
    const { source, target } = subject;
    const from = nameOf(source.repository, source.reference);
    const to = nameOf(target.repository, target.tag);
    return from === to ? from : `${from} → ${to}`;
  }
  if (subject.kind !== 'sync') return '';
  const { list, more } = firstNames(subject.repositories, NAMED);
  return t('transferPages.tagsInto', {
    count: subject.tags,
    repositories: more > 0 ? t('deletion.andMore', { list, count: more }) : list,
  });
}

/** From which registry to which, by the names they have here. */
export function wayText(subject: OperationSubject, name: (side: Side) => string): string {
  if (subject.kind !== 'copy' && subject.kind !== 'sync') return '';
  return `${name(subject.source)} → ${name(subject.target)}`;
}

/** Layers that are not at the target afterwards, and where they are. */
export function leftOutText(t: TFunction, { count, hosts }: LeftOut): string {
  return hosts.length > 0
    ? t('transfers.leftOutAt', { count, hosts: hosts.join(', ') })
    : t('transfers.leftOutNowhere', { count });
}

function nameOf(repository: string, reference: string): string {
  return `${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
}
