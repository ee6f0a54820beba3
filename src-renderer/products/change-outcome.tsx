import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { accountOf } from '../../src-main/common/place.ts';
import { fieldsOf } from '../../src-main/common/product.ts';
import { productChangeSubject } from '../../src-main/common/product-change.ts';
import { useAccountChanged } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { toastFailure } from '../ui/toast.tsx';
import { Change } from './change-plan.tsx';
import classes from './products.module.css';

/** What was written, and the secrets that it was answered with, once. */
export function ProductChangeOutcome({ operation }: { operation: Operation }) {
  const subject = productChangeSubject.safeParse(operation.subject).data;
  if (!subject) return null;
  const makesSecret = subject.changes.some(
    ({ act, kind }) => (act === 'create' || act === 'renew') && 'permissions' in fieldsOf(kind),
  );
  const account = accountOf(subject.place);
  return (
    <>
      {makesSecret && operation.status === 'done' && account !== undefined && (
        <Secrets operationId={operation.id} accountId={account} />
      )}
      {subject.changes.map((change, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was changed never moves
        <Change key={at} change={change} />
      ))}
    </>
  );
}

function Secrets({ operationId, accountId }: { operationId: string; accountId: string }) {
  const { t } = useTranslation();
  const accountChanged = useAccountChanged();
  const take = useMutation(orpc.products.takeSecrets.mutationOptions({ onError: toastFailure, gcTime: 0 }));
  const keep = useMutation(
    orpc.products.keepSecrets.mutationOptions({ onError: toastFailure, onSuccess: accountChanged }),
  );
  return (
    <section aria-label={t('administration.secret.title')} data-testid="secret">
      {!take.data && !keep.data && (
        <div className={classes.bar}>
          <Button variant="default" loading={take.isPending} onClick={() => take.mutate({ operationId })}>
            {t('administration.secret.show')}
          </Button>
          <Button
            variant="default"
            loading={keep.isPending}
            onClick={() => keep.mutate({ operationId, accountId })}
          >
            {t('administration.secret.keep')}
          </Button>
        </div>
      )}
      {take.data?.map(({ name, secret }) => (
        <p key={name}>
          {name}: <span className={classes.secret}>{secret}</span> <CopyButton value={secret} />
        </p>
      ))}
      {take.data && (
        <p className={classes.quiet}>
          {t(take.data.length > 0 ? 'administration.secret.once' : 'administration.secret.gone')}
        </p>
      )}
      {keep.data?.map(({ name, id }) => (
        <p key={id}>{t('administration.secret.kept', { name })}</p>
      ))}
    </section>
  );
}
