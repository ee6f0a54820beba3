import { Alert, Anchor, Button, Text } from '@mantine/core';
import { IconCheck, IconFileOff, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundSignIn } from '../../src-main/common/account.ts';
import type { Failure } from '../../src-main/common/failure.ts';
import { orpc } from '../api.ts';
import { ErrorPanel, FailureDetails } from '../ui/error-panel.tsx';
import { failureTitle } from '../ui/failure-words.ts';
import { ProductMark } from '../ui/product-mark.tsx';
import { toastDone } from '../ui/toast.tsx';
import classes from './accounts.module.css';
import { KeychainNotice } from './keychain-notice.tsx';
import { systemOfHost } from './pasted.ts';
import { useAccountChanged, useAccounts } from './queries.ts';

const findOptions = orpc.accounts.findSignIns.queryOptions();

/** The sign-ins of Docker and Podman on this machine. */
export function useFoundSignIns() {
  return useQuery(findOptions);
}

/** The sign-ins found on this machine: each is added by one click, or all that are new. */
export function FoundSignIns() {
  const { t } = useTranslation();
  const sources = useFoundSignIns();
  if (sources.isPending)
    return (
      <Text fz="sm" c="dimmed">
        {t('accounts.found.looking')}
      </Text>
    );
  if (sources.isError) return <ErrorPanel error={sources.error} onRetry={() => void sources.refetch()} />;
  const { found, problems } = sources.data;
  return (
    <>
      {problems.length > 0 && <Problems problems={problems} />}
      {found.length > 0 ? (
        <List found={found} />
      ) : (
        <p className={classes.foundNone}>{t('accounts.found.none')}</p>
      )}
    </>
  );
}

function Problems({ problems }: { problems: readonly Failure[] }) {
  const { t } = useTranslation();
  return (
    <Alert color="orange" icon={<IconFileOff size={18} />} title={t('accounts.found.problems')} mb="xs">
      {problems.map((problem) => (
        <div key={`${problem.code} ${problem.message}`}>
          <Text fz="sm">{failureTitle(t, problem)}</Text>
          <FailureDetails failure={problem} />
        </div>
      ))}
    </Alert>
  );
}

function canAdd({ known, failure }: FoundSignIn): boolean {
  return !known && failure === undefined;
}

function List({ found }: { found: readonly FoundSignIn[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const accountChanged = useAccountChanged();
  const [failures, setFailures] = useState<ReadonlyMap<string, Failure>>(new Map());
  const add = useMutation(
    orpc.accounts.importSignIns.mutationOptions({
      onSuccess: async ({ imported, failed }) => {
        setFailures(new Map(failed.map(({ id, failure }) => [id, failure])));
        await accountChanged();
        await client.invalidateQueries({ queryKey: findOptions.queryKey });
        if (imported.length > 0) toastDone(t('accounts.imported', { count: imported.length }));
        const [first] = imported;
        if (first && failed.length === 0)
          await navigate({ to: '/registries/$accountId', params: { accountId: first.id } });
      },
    }),
  );
  const fresh = found.filter(canAdd);
  return (
    <>
      <ul className={classes.found}>
        {found
          .toSorted((a, b) => Number(canAdd(b)) - Number(canAdd(a)))
          .map((signIn) => (
            <Row
              key={signIn.id}
              signIn={signIn}
              failure={failures.get(signIn.id) ?? signIn.failure}
              adding={add.isPending && add.variables.ids.includes(signIn.id)}
              onAdd={() => add.mutate({ ids: [signIn.id] })}
            />
          ))}
      </ul>
      {add.isError && <ErrorPanel error={add.error} />}
      {fresh.length > 1 && (
        <Button
          mt="xs"
          className={classes.addAll ?? ''}
          variant="default"
          loading={add.isPending && add.variables.ids.length > 1}
          onClick={() => add.mutate({ ids: fresh.map(({ id }) => id) })}
        >
          {t('accounts.found.addAll', { count: fresh.length })}
        </Button>
      )}
      {fresh.length > 0 && <KeychainNotice />}
    </>
  );
}

interface RowProps {
  signIn: FoundSignIn;
  failure: Failure | undefined;
  adding: boolean;
  onAdd: () => void;
}

function Row({ signIn, failure, adding, onAdd }: RowProps) {
  const { t } = useTranslation();
  const { host, username, origin, helper, file } = signIn;
  const from = t(`accounts.origins.${origin}`);
  return (
    <li data-sign-in={host}>
      <ProductMark system={systemOfHost(host) ?? 'generic'} size={18} />
      <span className={classes.foundWho}>
        <span className={classes.foundHost}>{host}</span>
        <span className={classes.foundFrom} title={file}>
          {[username, helper ? t('accounts.viaHelper', { origin: from, helper }) : from]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {canAdd(signIn) ? (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} />}
          loading={adding}
          aria-label={t('accounts.found.addOne', { host })}
          onClick={onAdd}
        >
          {t('common.add')}
        </Button>
      ) : (
        signIn.known && <Known signIn={signIn} />
      )}
      {failure && (
        <div className={classes.foundFailure} role="alert">
          <Text fz="sm" c="var(--mantine-color-error)">
            {failureTitle(t, failure)}
          </Text>
          <FailureDetails failure={failure} />
        </div>
      )}
    </li>
  );
}

/** Leads to the account that there is. */
function Known({ signIn: { host, username } }: { signIn: FoundSignIn }) {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const there = accounts.data?.filter((account) => account.host === host) ?? [];
  const account =
    there.find(({ signIn }) => signIn.kind === 'password' && signIn.username === username) ?? there[0];
  return (
    <span className={classes.foundKnown}>
      <IconCheck size={14} aria-hidden />
      {account ? (
        <Anchor
          fz="sm"
          renderRoot={(props) => (
            <Link to="/registries/$accountId" params={{ accountId: account.id }} {...props} />
          )}
        >
          {t('accounts.found.known', { name: account.name })}
        </Anchor>
      ) : (
        t('accounts.found.gone')
      )}
    </span>
  );
}
