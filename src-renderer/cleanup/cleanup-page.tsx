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

const route = getRouteApi('/registries/$accountId/cleanup');

/** Where rules that are not kept yet come from: what to begin with. */
interface Fresh {
  readonly name: string;
  readonly text: string;
  /** Another one each time. */
  readonly number: number;
}

/** Rules that say what of a registry stays and what goes: kept by name, tried on what is known, then planned. */
export function CleanupPage() {
  const { accountId } = route.useParams();
  const { rules: id, repository } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation();
  const account = useAccount(accountId);
  const saved = useQuery(cleanupQueries.saved(accountId));
  const [fresh, setFresh] = useState<Fresh>();
  const [importing, setImporting] = useState(false);
  if (!account) return null;
  const open = (rules: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, rules, entry: undefined }), replace: true });
  const begin = (name: string, text: string) => {
    setFresh((before) => ({ name, text, number: (before?.number ?? 0) + 1 }));
    open('new');
  };
  const create = () =>
    begin(t('cleanup.newName'), exampleOf(repository ?? '**', t('cleanup.newRule', { number: 1 })));
  const shown = id === 'new' ? undefined : (saved.data?.find((each) => each.id === id) ?? saved.data?.[0]);
  const isFresh = fresh !== undefined && id === 'new';
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
  const isNone = saved.data?.length === 0 && !isFresh;
  return (
    <Page>
      <PageHeader
        title={t('cleanup.title')}
        breadcrumbs={[
          { label: account.name, link: { to: '/registries/$accountId', params: { accountId } } },
          { label: t('cleanup.title') },
        ]}
        actions={!isNone && actions}
      />
      <ListProblem query={saved} />
      {saved.isPending && <TableSkeleton rows={10} />}
      {isNone && (
        <EmptyState icon={<IconFilterCog size={24} />} title={t('cleanup.noneTitle')} action={actions}>
          {t('cleanup.noneHelp')}
        </EmptyState>
      )}
      {saved.data && (isFresh || shown) && (
        <>
          <RuleSetBar
            saved={saved.data}
            shown={isFresh ? undefined : shown}
            fresh={fresh?.name}
            onOpen={open}
          />
          <RuleSet
            key={isFresh ? `new ${fresh.number}` : `${shown?.id} ${shown?.version}`}
            account={account}
            saved={isFresh ? undefined : shown}
            name={isFresh ? fresh.name : (shown?.name ?? '')}
            initial={isFresh ? fresh.text : (shown?.text ?? '')}
            onSaved={(next) => open(next.id)}
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
