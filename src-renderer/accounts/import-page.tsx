import { Alert, Button, Checkbox, Group, Table, Text } from '@mantine/core';
import { IconFileOff, IconKeyOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundSignIn } from '../../src-main/common/account.ts';
import type { Failure } from '../../src-main/common/failure.ts';
import { orpc } from '../api.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel, FailureDetails } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { toastDone } from '../ui/toast.tsx';
import { KeychainNotice } from './keychain-notice.tsx';
import { useAccountChanged } from './queries.ts';

/** Sign-ins of Docker and Podman, to choose from. Those that are new and usable are chosen already. */
export function ImportPage() {
  const { t } = useTranslation();
  const sources = useQuery(orpc.accounts.findSignIns.queryOptions({ staleTime: 0 }));
  return (
    <Page>
      <PageHeader title={t('accounts.importTitle')} meta={t('accounts.importIntro')} />
      {sources.isPending && <TableSkeleton rows={4} />}
      {sources.isError && <ErrorPanel error={sources.error} onRetry={() => void sources.refetch()} />}
      {sources.data && (
        <>
          {sources.data.problems.length > 0 && <Problems problems={sources.data.problems} />}
          {sources.data.found.length === 0 ? (
            <EmptyState
              icon={<IconKeyOff size={24} />}
              title={t('accounts.importNone')}
              action={
                <Button renderRoot={(props) => <Link to="/accounts/new" {...props} />}>
                  {t('layout.addRegistry')}
                </Button>
              }
            >
              {t('accounts.importNoneHelp')}
            </EmptyState>
          ) : (
            <Choice found={sources.data.found} />
          )}
        </>
      )}
    </Page>
  );
}

function Problems({ problems }: { problems: readonly Failure[] }) {
  const { t } = useTranslation();
  return (
    <Alert color="orange" icon={<IconFileOff size={18} />} title={t('accounts.importProblems')} mb="sm">
      {problems.map((problem) => (
        <div key={`${problem.code} ${problem.message}`}>
          <Text fz="sm">{t(`errors.${problem.code}.title`)}</Text>
          <FailureDetails failure={problem} />
        </div>
      ))}
    </Alert>
  );
}

function canImport(signIn: FoundSignIn): boolean {
  return !signIn.known && signIn.failure === undefined;
}

function Choice({ found }: { found: readonly FoundSignIn[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const accountChanged = useAccountChanged();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(found.filter(canImport).map((signIn) => signIn.id)),
  );
  const [failures, setFailures] = useState<ReadonlyMap<string, Failure>>(new Map());
  const run = useMutation(
    orpc.accounts.importSignIns.mutationOptions({
      onSuccess: async ({ imported, failed }) => {
        setFailures(new Map(failed.map(({ id, failure }) => [id, failure])));
        setChosen(new Set());
        await accountChanged();
        await client.invalidateQueries({ queryKey: orpc.accounts.findSignIns.key() });
        if (imported.length > 0) toastDone(t('accounts.imported', { count: imported.length }));
        const first = imported[0];
        if (first && failed.length === 0) {
          await navigate({ to: '/registries/$accountId', params: { accountId: first.id } });
        }
      },
    }),
  );
  const importable = found.filter(canImport);
  const all = importable.length > 0 && importable.every((signIn) => chosen.has(signIn.id));
  const choose = (ids: readonly string[], take: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) take ? next.add(id) : next.delete(id);
    setChosen(next);
  };
  return (
    <>
      <Table.ScrollContainer minWidth={560}>
        <Table verticalSpacing={6} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={36}>
                <Checkbox
                  aria-label={t('common.selectAll')}
                  disabled={importable.length === 0}
                  checked={all}
                  indeterminate={!all && chosen.size > 0}
                  onChange={() =>
                    choose(
                      importable.map((signIn) => signIn.id),
                      !all,
                    )
                  }
                />
              </Table.Th>
              <Table.Th>{t('accounts.importColumns.host')}</Table.Th>
              <Table.Th>{t('accounts.importColumns.username')}</Table.Th>
              <Table.Th>{t('accounts.importColumns.origin')}</Table.Th>
              <Table.Th>{t('accounts.importColumns.state')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.map((signIn) => (
              <Table.Tr key={signIn.id} data-sign-in={signIn.host}>
                <Table.Td>
                  <Checkbox
                    aria-label={t('common.selectRow', { name: signIn.host })}
                    disabled={!canImport(signIn)}
                    checked={chosen.has(signIn.id)}
                    onChange={(event) => choose([signIn.id], event.currentTarget.checked)}
                  />
                </Table.Td>
                <Table.Td>{signIn.host}</Table.Td>
                <Table.Td>{signIn.username ?? '—'}</Table.Td>
                <Table.Td>
                  <Text fz="sm" span title={signIn.file}>
                    {t(`accounts.origins.${signIn.origin}`)}
                  </Text>
                  {signIn.helper && (
                    <Text fz="xs" c="dimmed">
                      {t('accounts.viaHelper', { helper: signIn.helper })}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <State signIn={signIn} failure={failures.get(signIn.id) ?? signIn.failure} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <KeychainNotice />
      {run.isError && <ErrorPanel error={run.error} />}
      <Group mt="md">
        <Button
          size="sm"
          disabled={chosen.size === 0}
          loading={run.isPending}
          onClick={() => run.mutate({ ids: [...chosen] })}
        >
          {t('accounts.importAction', { count: chosen.size })}
        </Button>
      </Group>
    </>
  );
}

function State({ signIn, failure }: { signIn: FoundSignIn; failure: Failure | undefined }) {
  const { t } = useTranslation();
  if (failure) {
    return (
      <>
        <Text fz="sm" c="var(--mantine-color-error)">
          {t(`errors.${failure.code}.title`)}
        </Text>
        <FailureDetails failure={failure} />
      </>
    );
  }
  return (
    <Text fz="sm" c="dimmed">
      {t(signIn.known ? 'accounts.importKnown' : 'accounts.importReady')}
    </Text>
  );
}
