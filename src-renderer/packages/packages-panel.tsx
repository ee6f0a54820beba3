import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImagePackage, PackageSummary } from '../../src-main/common/packages.ts';
import { PagedTable } from '../lists/paged-table.tsx';
import { StateFilter } from '../lists/state-filter.tsx';
import { WithDetails } from '../ui/details-panel.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { ExportMenu } from './export-menu.tsx';
import { usePackageColumns } from './package-columns.tsx';
import { PackageDetails } from './package-details.tsx';
import classes from './packages.module.css';
import { PackageProblems } from './problems.tsx';
import { packageQueries, type ShownPackages } from './queries.ts';
import type { PackagesSearch } from './search.ts';
import { SourceNote } from './source-note.tsx';

export interface PackagesPanelProps {
  shown: ShownPackages;
  /** What an export is called, without its ending. */
  name: string;
  summary: PackageSummary;
  /** Whether an attached SBOM lists packages. */
  sbom: boolean;
  search: PackagesSearch;
  onSearch: (changes: Partial<PackagesSearch>) => void;
  onLayer: (id: string) => void;
}

const SOURCES = ['sbom', 'files'] as const;

/** The packages that were found: where from, which, and what could not be read. */
export function PackagesPanel(props: PackagesPanelProps) {
  const { shown, name, summary, sbom, search, onSearch, onLayer } = props;
  const { t } = useTranslation();
  const [picked, setPicked] = useState<ImagePackage>();
  const columns = usePackageColumns(onLayer, summary.source === 'files');
  const { filter, type } = search;
  const wanted = { ...(filter === undefined ? {} : { filter }), ...(type === undefined ? {} : { type }) };
  return (
    <>
      <div className={classes.bar}>
        {sbom && (
          <SegmentedControl
            aria-label={t('packages.source')}
            value={summary.source}
            data={SOURCES.map((value) => ({ value, label: t(`packages.sources.${value}`) }))}
            onChange={(value) =>
              onSearch({ source: value === 'files' ? value : undefined, type: undefined, filter: undefined })
            }
          />
        )}
        <FilterInput
          value={filter ?? ''}
          aria-label={t('packages.filter')}
          placeholder={t('packages.filterHelp')}
          onChange={(text) => onSearch({ filter: text === '' ? undefined : text })}
        />
        <span className={classes.end}>
          <ExportMenu shown={shown} name={name} />
        </span>
      </div>
      <SourceNote summary={summary} />
      <PackageProblems problems={summary.problems} sboms={summary.sboms} />
      {summary.types.length > 1 && (
        <StateFilter
          alone
          label={t('packages.types')}
          value={type}
          options={[
            { value: undefined, label: t('packages.all'), count: summary.packages },
            ...summary.types.map((each) => ({ value: each.type, label: each.type, count: each.packages })),
          ]}
          onChange={(value) => onSearch({ type: value })}
        />
      )}
      <WithDetails
        details={
          picked && <PackageDetails item={picked} onLayer={onLayer} onClose={() => setPicked(undefined)} />
        }
      >
        <PagedTable
          label={t('packages.tableLabel')}
          list={JSON.stringify([shown, wanted])}
          page={(number) => packageQueries.page(shown, wanted, number)}
          columns={columns}
          commands={(item) => [
            [openingRow(t, () => setPicked(item), t('commands.row.show'))],
            [copyingOfRow('name', t('commands.row.copyName'), item.purl ?? `${item.name} ${item.version}`)],
          ]}
          onOpen={(item) => setPicked(item)}
          empty={t(filter === undefined && type === undefined ? 'packages.none' : 'packages.noMatch')}
        />
      </WithDetails>
    </>
  );
}
