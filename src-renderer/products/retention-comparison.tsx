import { Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { ComparedRetention, ComparedTag } from '../../src-main/common/compared-retention.ts';
import { orpc } from '../api.ts';
import { whyText } from '../cleanup/words.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { shortDigest } from '../ui/format.ts';
import { copyingOfRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './products.module.css';

const nameOf = ({ repository, tag, digest }: ComparedTag) =>
  tag === null ? `${repository}@${digest === null ? '' : shortDigest(digest)}` : `${repository}:${tag}`;
const idOf = ({ repository, tag, digest }: ComparedTag) => `${repository} ${tag ?? ''} ${digest ?? ''}`;

/** What a project's own retention would delete, beside what saved rules would. Nothing is deleted by that. */
export function RetentionComparison({ account, project }: { account: Account; project: string }) {
  const { t } = useTranslation();
  const saved = useQuery(orpc.cleanup.saved.queryOptions({ input: { accountId: account.id } }));
  const [chosen, setChosen] = useState<string | null>(null);
  const compare = useMutation(orpc.products.compareRetention.mutationOptions());
  const rules = saved.data ?? [];
  const savedId = chosen ?? rules[0]?.id;
  return (
    <Card wide title={t('comparedRetention.title')} testId="retention-comparison">
      <div className={classes.parts}>
        <p className={classes.quiet}>{t('comparedRetention.help', { project })}</p>
        {saved.data && rules.length === 0 && (
          <p className={classes.quiet}>
            {t('comparedRetention.noRules')}{' '}
            <Link to="/registries/$accountId/cleanup" params={{ accountId: account.id }}>
              {t('comparedRetention.toCleanup')}
            </Link>
          </p>
        )}
        {savedId !== undefined && (
          <div className={classes.search}>
            <Select
              label={t('comparedRetention.rules')}
              allowDeselect={false}
              data={rules.map(({ id, name }) => ({ value: id, label: name }))}
              value={savedId}
              onChange={(next) => {
                setChosen(next);
                compare.reset();
              }}
            />
            <ActionButton
              variant="default"
              data-action="compare"
              loading={compare.isPending}
              reason={account.readOnly ? t('administration.readOnlyHere') : undefined}
              onClick={() => compare.mutate({ accountId: account.id, project, savedId })}
            >
              {t('comparedRetention.start')}
            </ActionButton>
          </div>
        )}
        {compare.isError && <ErrorPanel error={compare.error} />}
        {compare.data && <Compared compared={compare.data} />}
      </div>
    </Card>
  );
}

function Compared({ compared: { rules, counts, rows, more } }: { compared: ComparedRetention }) {
  const { t } = useTranslation();
  const columns = useColumns(rules);
  return (
    <>
      <p role="status">{t('comparedRetention.counts', { ...counts, rules })}</p>
      <VirtualTable
        label={t('comparedRetention.title')}
        rows={rows}
        rowId={idOf}
        rowName={nameOf}
        columns={columns}
        tableId="retention-comparison"
        busy={false}
        empty={t('comparedRetention.none')}
        commands={(row) => [[copyingOfRow('text', t('commands.row.copyText'), nameOf(row))]]}
      />
      {more && <p className={classes.quiet}>{t('comparedRetention.more')}</p>}
    </>
  );
}

function useColumns(rules: string): readonly VirtualColumn<ComparedTag>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const fate = (goes: boolean) => t(goes ? 'comparedRetention.deletes' : 'comparedRetention.keeps');
    const registry = ({ verdict }: ComparedTag) => fate(verdict !== 'ownOnly');
    const own = ({ verdict }: ComparedTag) => fate(verdict !== 'registryOnly');
    const why = ({ why: said }: ComparedTag) => (said ? whyText(t, said) : t('comparedRetention.unknown'));
    return [
      { id: 'tag', header: t('comparedRetention.tag'), width: 180, grow: 2, text: nameOf, cell: nameOf },
      {
        id: 'registry',
        header: t('comparedRetention.retention'),
        width: 100,
        text: registry,
        cell: registry,
      },
      { id: 'own', header: rules, width: 110, text: own, cell: own },
      { id: 'why', header: t('comparedRetention.why'), width: 160, grow: 2, text: why, cell: why },
    ];
  }, [t, rules]);
}
