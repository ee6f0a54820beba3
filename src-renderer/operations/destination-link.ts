import type { LinkProps } from '@tanstack/react-router';
import type { Operation } from '../../src-main/common/operation.ts';
import { shownSubject } from '../operation-kinds.ts';

/** The repository that a transfer has written to, or the registry where it wrote to several; undefined until it has, and outside registries. */
export function destinationLink(
  operation: Operation,
): Pick<LinkProps, 'to' | 'params' | 'search'> | undefined {
  const { transfer, changes } = shownSubject(operation);
  const [place, ...more] = transfer && operation.status === 'done' ? changes() : [];
  if (!place) return undefined;
  const { accountId, repository } = place;
  const params = { accountId };
  return more.length === 0
    ? { to: '/registries/$accountId/tags', params, search: { repository } }
    : { to: '/registries/$accountId', params };
}
