import type { LinkProps } from '@tanstack/react-router';
import type { Operation } from '../../src-main/common/operation.ts';
import { isTransfer } from '../operation-kinds.ts';

/** Where everything about an operation stands: a transfer has a page of its own, the others their entry in the history. */
export function detailsLink(
  operation: Pick<Operation, 'id' | 'subject'>,
): Pick<LinkProps, 'to' | 'params' | 'search'> {
  const { id } = operation;
  return isTransfer(operation)
    ? { to: '/transfers/$operationId', params: { operationId: id } }
    : { to: '/activity', search: { operation: id } };
}
