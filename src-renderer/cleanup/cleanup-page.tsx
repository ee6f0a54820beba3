import { Button } from '@mantine/core';
import { IconFileImport, IconFilterCog, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../accounts/queries.ts';
import { ListProblem } from '../lists/list-problem.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { cleanupQueries } from './queries.ts';
import { RuleSet } from './rule-set.tsx';
import { RuleSetBar } from './rule-set-bar.tsx';
import { useKeptDrafts } from './use-kept-drafts.ts';

const route = getRouteApi('/registries/$accountId/cleanup');

/** Rules that say what of a registry stays and what goes: kept by name, tried on what is known, then planned. */
export function CleanupPage() {
  const { accountId } = route.useParams();
  const { rules: id, repository } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation();
  const account = useAccount(accountId);
  const saved = useQuery(cleanupQueries.saved(accountId));
  const drafts = useKeptDrafts(accountId);
  const [importing, setImporting] = useState(false);
  if (!account) return null;
  const open = (rules: string | undefined) =>
    void navigate({
      search: (before) => ({ ...before, rules, entry: undefined }),
      replace: true,
      resetScroll: false,
    });
  const begin = (name: string, text: string) => open(drafts.begin({ name, text }));
  const create = () =>
    begin(t('cleanup.newName'), exampleOf(repository ?? '**', t('cleanup.newRule', { number: 1 })));
  const asked = saved.data?.find((each) => each.id === id);
  const fresh = asked
    ? undefined
    : (drafts.fresh.find((each) => each.id === id) ?? (saved.data?.length ? undefined : drafts.fresh[0]));
  const shown = fresh ? undefined : (asked ?? saved.data?.[0]);
  const shownId = fresh?.id ?? shown?.id;
  const actions = (
    <>
      <Button variant="default" leftSection={<IconFileImport size={14} />} onClick={() => setImporting(true)}>
        {t('cleanup.import')}
      </Button>
      <Button leftSection={<IconPlus size={14} />} onClick={create}>
        {t('cleanup.new')}
      </Button>
    </>
  );
  const isNone = saved.data?.length === 0 && !fresh;
  return (
    <Page>
      <PageHeader
        title={t('cleanup.title')}
        breadcrumbs={[{ label: account.name, link: { to: '/registries/$accountId', params: { accountId } } }]}
        actions={!isNone && actions}
      />
      <ListProblem query={saved} />
      {saved.isPending && <TableSkeleton rows={10} />}
      {isNone && (
        <EmptyState icon={<IconFilterCog size={24} />} title={t('cleanup.noneTitle')} action={actions}>
          {t('cleanup.noneHelp')}
        </EmptyState>
      )}
      {saved.data && shownId !== undefined && (
        <>
          <RuleSetBar saved={saved.data} shown={shown} drafts={drafts} shownId={shownId} onOpen={open} />
          <RuleSet
            key={`${shownId} ${shown?.version}`}
            account={account}
            saved={shown}
            draft={drafts.of[shownId]}
            onDraft={(next) => drafts.keep(shownId, next)}
            onSaved={(next) => {
              drafts.keep(shownId, undefined);
              open(next.id);
            }}
            onDropped={() => open(undefined)}
          />
        </>
      )}
      <ImportDialog
        opened={importing}
        onClose={() => setImporting(false)}
        onImported={(text, name) => {
          setImporting(false);
          begin(name, text);
        }}
      />
    </Page>
  );
}

/** Rules to begin with: they keep what is new and what is released, and delete nothing that somebody did not say. */
function exampleOf(repositories: string, name: string): string {
  return `version: 1
rules:
  - name: ${JSON.stringify(name)}
    repositories: [${JSON.stringify(repositories)}]
    protect: [latest, stable]
    keep:
      - { name: newest, newest: 10 }
      - { name: versions, semver: { perMinor: 3 } }
    delete:
      - { name: old, tags: "*", olderThan: 90d }
`;
}
