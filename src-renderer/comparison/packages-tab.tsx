import { IconEqual, IconPackage } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ComparedPlatform,
  PackageDifference,
  PackageDifferences,
} from '../../src-main/common/comparison.ts';
import { PACKAGE_CHANGES, type PackageChange } from '../../src-main/engine/vocabulary/comparison.ts';
import { StateFilter } from '../lists/state-filter.tsx';
import { foldText, wordFilter } from '../lists/word-filter.ts';
import { Banner } from '../ui/banner.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { copyingOfRow } from '../ui/row-commands.tsx';
import { compareValues } from '../ui/sort.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './comparison.module.css';
import { hasOwnLayers } from './platform-pairs.ts';
import { StateMark } from './state-mark.tsx';
import { Progress, Unread } from './unread.tsx';
import type { LayersRead } from './use-reading.ts';

const route = getRouteApi('/compare');

export interface PackagesTabProps {
  platform: ComparedPlatform;
  reading: LayersRead;
}

/** Which packages came, went, and have another version. */
export function PackagesTab({ platform, reading }: PackagesTabProps) {
  const { t } = useTranslation();
  const { state, packages, bytes } = platform;
  if (state !== 'both')
    return (
      <EmptyState icon={<IconPackage size={24} />} title={t('comparison.oneSided')}>
        {t('comparison.oneSidedHelp')}
      </EmptyState>
    );
  if (packages?.read) return <Differences packages={packages} read={packages.read} reading={reading} />;
  if (!hasOwnLayers(platform))
    return (
      <EmptyState icon={<IconEqual size={24} />} title={t('comparison.filesSame')}>
        {t('comparison.filesSameHelp')}
      </EmptyState>
    );
  return (
    <Unread
      reading={reading}
      title={t('comparison.unreadPackages')}
      help={t('comparison.unreadPackagesHelp', { size: formatBytes(bytes.shared + bytes.differing) })}
      action={t('comparison.readPackages')}
      onStart={() => reading.start({ packages: true })}
    />
  );
}

const rowId = ({ type, name, left, right }: PackageDifference) =>
  `${type} ${name} ${left.join()} ${right.join()}`;
const rowName = ({ name }: PackageDifference) => name;

interface DifferencesProps {
  packages: PackageDifferences;
  read: NonNullable<PackageDifferences['read']>;
  reading: LayersRead;
}

function Differences({ packages, read, reading }: DifferencesProps) {
  const { t, i18n } = useTranslation();
  const { filter = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const [change, setChange] = useState<PackageChange>();
  const all = useMemo(() => [...packages.added, ...packages.removed, ...packages.changed], [packages]);
  const rows = useMemo(() => {
    const matches = wordFilter(filter);
    return all.filter(
      (each) =>
        (change === undefined || each.change === change) &&
        (!matches || matches(foldText(`${each.type} ${each.name}`))),
    );
  }, [all, filter, change]);
  const columns = usePackageColumns();
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const counts = PACKAGE_CHANGES.map((value) => ({
    value,
    label: t(`comparison.change.${value}`),
    count: all.filter((each) => each.change === value).length,
  }));
  return (
    <>
      <div className={classes.bar}>
        <FilterInput
          value={filter}
          aria-label={t('packages.filter')}
          onChange={(text) =>
            void navigate({
              search: (before) => ({ ...before, filter: text === '' ? undefined : text }),
              replace: true,
            })
          }
        />
        <StateFilter
          label={t('comparison.changesLabel')}
          value={change}
          options={[
            { value: undefined, label: t('comparison.all'), count: all.length },
            ...counts.filter(({ count, value }) => count > 0 || value === change),
          ]}
          onChange={setChange}
        />
      </div>
      {reading.running && <Progress reading={reading} />}
      <p className={classes.meta}>
        {[
          t('comparison.packagesSame', words(read.same)),
          ...(['left', 'right'] as const).map((side) => {
            const { source, problems } = read[side];
            const from = t(`comparison.packagesFrom.${source}`);
            const trouble =
              problems > 0 ? t('ui.aside', { text: t('comparison.packageProblems', words(problems)) }) : '';
            return `${t(`comparison.${side}`)}${t('ui.colon')}${from}${trouble}`;
          }),
        ].join(' · ')}
      </p>
      {packages.leftOut > 0 && (
        <Banner tone="warning">{t('comparison.packagesLeftOut', words(packages.leftOut))}</Banner>
      )}
      <VirtualTable
        label={t('comparison.packagesLabel')}
        rows={rows}
        rowId={rowId}
        rowName={rowName}
        columns={columns}
        filter={`${filter} ${change}`}
        commands={({ name }) => [[copyingOfRow('name', t('commands.row.copyName'), name)]]}
        empty={
          <p className={classes.none}>{t(all.length === 0 ? 'comparison.noPackages' : 'packages.noMatch')}</p>
        }
      />
    </>
  );
}

function usePackageColumns(): readonly VirtualColumn<PackageDifference>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const versions = (side: 'left' | 'right'): VirtualColumn<PackageDifference> => ({
      id: side,
      header: t(`comparison.${side}`),
      width: 130,
      grow: 2,
      text: (row) => row[side].join(', '),
      cell: (row) =>
        row[side].length === 0 ? (
          <span className={classes.quiet}>–</span>
        ) : (
          <span className={classes.mono}>{row[side].join(', ')}</span>
        ),
    });
    return [
      {
        id: 'change',
        header: t('comparison.state'),
        width: 118,
        cell: ({ change }) => <StateMark state={change}>{t(`comparison.change.${change}`)}</StateMark>,
      },
      {
        id: 'type',
        header: t('packages.type'),
        width: 72,
        cell: ({ type }) => <span className={classes.quiet}>{type}</span>,
      },
      {
        id: 'name',
        header: t('packages.name'),
        width: 150,
        grow: 2,
        text: rowName,
        compare: (a, b, descending) => compareValues(a.name, b.name, descending),
        cell: ({ name }) => <span className={classes.mono}>{name}</span>,
      },
      versions('left'),
      versions('right'),
    ];
  }, [t]);
}
