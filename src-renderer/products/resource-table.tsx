import { IconPencil, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { Resource } from '../../src-main/common/product.ts';
import type { WantedChange } from '../../src-main/common/product-change.ts';
import type { Managed } from '../../src-main/common/product-said.ts';
import { api } from '../api.ts';
import type { Command } from '../commands/command.ts';
import { below, ContextMenu, type Point } from '../commands/context-menu.tsx';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { compareValues, type Sort } from '../ui/sort.ts';
import { toastFailure } from '../ui/toast.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { isChief, namedFields, shownValue, valueText, whyNot } from './fields.tsx';
import classes from './products.module.css';
import { productQueries } from './queries.ts';
import { ResourceForm } from './resource-form.tsx';

interface OpenMenu {
  readonly row: Resource;
  readonly at: Point;
}

const rowId = ({ id }: Resource) => id;
const rowName = ({ name }: Resource) => name;

export interface ResourceTableProps {
  account: Account;
  section: Managed['resources'][number];
  project: string | undefined;
  /** Of whose rows: beside what can be done. */
  choice?: ReactNode;
  /** What else can be done with all of them, after making one. */
  more?: ReactNode;
  /** Runs the work that belongs to a row, where there is any. */
  onRun?: ((row: Resource) => void) | undefined;
  onPick?: ((row: Resource) => void) | undefined;
  picked?: string | undefined;
}

/** One kind of what a registry manages: a row for each, with what may be done to it. */
export function ResourceTable(props: ResourceTableProps) {
  const { account, section, project, choice, more, onRun, onPick, picked } = props;
  const { t } = useTranslation();
  const { kind, acts } = section;
  const list = useQuery(productQueries.resources(account.id, kind, project));
  const form = useQuery(productQueries.form(account.id, kind, project));
  const plan = useMakePlan();
  const [sort, setSort] = useState<Sort | undefined>();
  const [edited, setEdited] = useState<Resource | 'new'>();
  const rows = list.data?.rows ?? [];
  const [menu, setMenu] = useState<OpenMenu>();
  const columns = useColumns(section, rows, setEdited, setMenu);
  const locked = account.readOnly ? t('administration.readOnlyHere') : undefined;
  const change = (changes: WantedChange[]) =>
    plan.mutate(
      (signal) => api.products.planChanges({ accountId: account.id, changes }, signal ? { signal } : {}),
      { onError: toastFailure },
    );
  const commands = (row: Resource): readonly (readonly Command[])[] => [
    acts.includes('change')
      ? [
          {
            id: 'resource.change',
            group: 'page',
            label: t('administration.acts.change'),
            icon: IconPencil,
            reason: locked ?? whyNot(t, row.may.change),
            run: () => setEdited(row),
          },
        ]
      : [],
    onRun
      ? [
          {
            id: 'resource.run',
            group: 'page',
            label: t('administration.job.runOf', { name: row.name }),
            icon: IconPlayerPlay,
            reason: locked,
            run: () => onRun(row),
          },
        ]
      : [],
    (['renew', 'delete'] as const)
      .filter((act) => acts.includes(act))
      .map((act) => ({
        id: `resource.${act}`,
        group: 'page',
        label: t(`administration.acts.${act}`),
        icon: act === 'delete' ? IconTrash : IconRefresh,
        danger: act === 'delete',
        reason: locked ?? whyNot(t, row.may[act]),
        run: () => change([{ act, kind, id: row.id }]),
      })),
  ];
  if (list.isError)
    return (
      <>
        {choice}
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      </>
    );
  return (
    <>
      <div className={classes.bar}>
        {choice}
        {acts.includes('create') && (
          <ActionButton
            variant="default"
            data-action="create"
            loading={form.isPending}
            reason={locked ?? (form.isError ? undefined : form.data && whyNot(t, form.data.may))}
            onClick={() => setEdited('new')}
          >
            {t('administration.create')}
          </ActionButton>
        )}
        {more}
      </div>
      <VirtualTable
        label={t(`administration.many.${kind}`)}
        rows={rows}
        rowId={rowId}
        rowName={rowName}
        columns={columns}
        sort={sort}
        onSort={setSort}
        tableId={`resources-${kind}`}
        busy={list.isPending || list.isFetching}
        empty={t('administration.empty')}
        commands={commands}
        onOpen={onPick ?? setEdited}
        {...(picked !== undefined && { picked })}
      />
      {menu && (
        <ContextMenu
          at={menu.at}
          label={t('common.rowActions', { name: menu.row.name })}
          sections={commands(menu.row)}
          onClose={() => setMenu(undefined)}
        />
      )}
      {edited && (
        <ResourceForm
          section={section}
          edited={edited === 'new' ? undefined : edited}
          choices={form.data?.choices ?? {}}
          reason={
            edited === 'new'
              ? locked
              : (locked ?? whyNot(t, acts.includes('change') ? edited.may.change : 'unsupported'))
          }
          busy={plan.isPending}
          onClose={() => setEdited(undefined)}
          onSubmit={({ name, fields }) =>
            change([
              edited === 'new'
                ? { act: 'create', kind, name, fields, ...(project !== undefined && { project }) }
                : { act: 'change', kind, id: edited.id, fields },
            ])
          }
        />
      )}
    </>
  );
}

function useColumns(
  { kind, acts }: Managed['resources'][number],
  rows: readonly Resource[],
  onOpen: (row: Resource) => void,
  onMenu: (menu: OpenMenu) => void,
): readonly VirtualColumn<Resource>[] {
  const { t, i18n } = useTranslation();
  const hasActs = acts.some((act) => act !== 'create');
  // A column for each field that any of them says; which those are changes rarely.
  const said = namedFields(kind)
    .filter(({ name }) => rows.some(({ fields }) => fields[name] !== undefined))
    .map(({ name }) => name)
    .join(' ');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('administration.name'),
        width: 160,
        grow: 2,
        fixed: true,
        text: rowName,
        compare: (a, b, descending) => compareValues(a.name, b.name, descending),
        cell: (row) => <LinkButton onClick={() => onOpen(row)}>{row.name}</LinkButton>,
      },
      ...namedFields(kind)
        .filter(({ name }) => said.split(' ').includes(name))
        .map((field): VirtualColumn<Resource> => {
          const text = ({ fields }: Resource) => valueText(t, i18n.language, field, fields[field.name]);
          const key = (row: Resource) => {
            const value = row.fields[field.name];
            return typeof value === 'number' ? value : text(row);
          };
          const isNumber = field.type === 'count' || field.type === 'bytes';
          return {
            id: field.name,
            header: t(`administration.fields.${field.name}`),
            width: field.type === 'text' || field.type === 'list' ? 120 : 96,
            grow: field.type === 'text' || field.type === 'list' ? 1 : 0,
            align: isNumber ? 'end' : 'start',
            usuallyHidden: !isChief(kind, field.name),
            text,
            compare: (a, b, descending) => compareValues(key(a), key(b), descending),
            cell: ({ fields }) => shownValue(t, i18n.language, field, fields[field.name]),
          };
        }),
      ...(hasActs
        ? [
            {
              id: 'menu',
              header: '',
              width: 28,
              align: 'end' as const,
              fixed: true,
              cell: (row: Resource) => (
                <MoreButton
                  label={t('common.rowActions', { name: row.name })}
                  onClick={(button) => onMenu({ row, at: below(button) })}
                />
              ),
            },
          ]
        : []),
    ],
    [t, i18n.language, kind, said, hasActs, onOpen, onMenu],
  );
}
