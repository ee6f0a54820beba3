import { Button } from '@mantine/core';
import { IconArrowsDiff, IconBookmark, IconPlugX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { MatrixDefinition } from '../../src-main/common/comparison-matrix.ts';
import { WithAccounts } from '../accounts/with-accounts.tsx';
import { ComparedKinds } from '../comparison/compared-kinds.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { DriftCard } from './drift-card.tsx';
import { LookBar } from './look-bar.tsx';
import { MatrixList } from './matrix-list.tsx';
import { matrixQueries } from './queries.ts';
import { SaveComparison } from './save-dialog.tsx';
import { SavedComparisons } from './saved.tsx';
import { definitionOf, isGone } from './search.ts';
import { SidesForm } from './sides-form.tsx';
import { type Look, useLook } from './use-look.ts';

const route = getRouteApi('/compare/tags');

/** Registries, namespaces or repositories side by side, tag by tag. */
export function ComparisonMatrixPage() {
  return <WithAccounts>{(accounts) => <Matrix accounts={accounts} />}</WithAccounts>;
}

function Matrix({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const look = useLook();
  const [saving, setSaving] = useState(false);
  const saved = useQuery(matrixQueries.saved());
  const { side, rename } = search;
  const definition = useMemo(() => definitionOf({ side, rename }), [side, rename]);
  const gone = definition !== undefined && isGone(definition, accounts);
  const own = saved.data?.find(({ id }) => id === search.saved);
  return (
    <Page>
      <PageHeader
        title={t('comparisonMatrix.title')}
        beside={<ComparedKinds kind="tags" />}
        // Where there are rows, they say it, and have the room.
        meta={definition === undefined && t('comparisonMatrix.intro')}
        actions={
          definition &&
          !gone && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconBookmark size={14} />}
              onClick={() => setSaving(true)}
            >
              {t('comparisonMatrix.save')}
            </Button>
          )
        }
      />
      <SidesForm
        // Another comparison is another form.
        key={JSON.stringify([side, rename])}
        accounts={accounts}
        search={search}
        onCompare={(next) => {
          // One whose registry was removed is mended; another choice is another comparison.
          void navigate({ search: { ...next, saved: gone ? own?.id : undefined } });
          const chosen = definitionOf(next);
          if (chosen) look.start(chosen);
        }}
      />
      {saved.isError && <ErrorPanel error={saved.error} onRetry={() => void saved.refetch()} />}
      {gone ? (
        <EmptyState icon={<IconPlugX size={24} />} title={t('comparisonMatrix.goneTitle')}>
          {t('comparisonMatrix.goneHelp')}
        </EmptyState>
      ) : definition ? (
        <Compared accounts={accounts} definition={definition} look={look} />
      ) : (
        <>
          <EmptyState icon={<IconArrowsDiff size={24} />} title={t('comparisonMatrix.emptyTitle')}>
            {t('comparisonMatrix.emptyHelp')}
          </EmptyState>
          {saved.data && <SavedComparisons saved={saved.data} />}
        </>
      )}
      {own && !gone && <DriftCard saved={own} />}
      {saving && definition && (
        <SaveComparison
          definition={definition}
          saved={own}
          onClose={() => setSaving(false)}
          onSaved={(id) =>
            void navigate({
              search: (before) => ({ ...before, saved: id }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      )}
    </Page>
  );
}

function Compared({
  accounts,
  definition,
  look,
}: {
  accounts: readonly Account[];
  definition: MatrixDefinition;
  look: Look;
}) {
  const { t } = useTranslation();
  const { filter = '' } = route.useSearch();
  const counts = useQuery(matrixQueries.counts(definition, filter));
  const names = useMemo(
    () =>
      definition.sides.map(({ accountId, namespace, repository }) => {
        const account = accounts.find(({ id }) => id === accountId);
        const name = account?.name ?? t('comparisonMatrix.goneAccount');
        const place = repository ?? (namespace === undefined ? undefined : `${namespace}/`);
        return place === undefined ? name : `${name} ${place}`;
      }),
    [accounts, definition, t],
  );
  return (
    <>
      {counts.isError && <ErrorPanel error={counts.error} onRetry={() => void counts.refetch()} />}
      <LookBar definition={definition} counts={counts.data} names={names} look={look} />
      <MatrixList
        // Another comparison has other rows to choose.
        key={JSON.stringify(definition)}
        accounts={accounts}
        definition={definition}
        counts={counts.data}
        names={names}
      />
    </>
  );
}
