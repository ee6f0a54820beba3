import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedFinding } from '../../src-main/common/findings.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { StateFilter } from '../lists/state-filter.tsx';
import { WithDetails } from '../ui/details-panel.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import type { Sort } from '../ui/sort.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { AgainstChoice } from './against-choice.tsx';
import { ExportFindings } from './export-findings.tsx';
import { useFindingColumns } from './finding-columns.tsx';
import { FindingDetails } from './finding-details.tsx';
import type { VulnerabilitiesSearch } from './search.ts';
import { FINDING_STATES, isOf, shownFindings } from './shown-findings.ts';
import classes from './vulnerabilities.module.css';

export interface FindingsPanelProps {
  place: RepositoryPlace;
  /** What an export is called, without its ending. */
  name: string;
  findings: readonly ComparedFinding[];
  search: VulnerabilitiesSearch;
  onSearch: (changes: Partial<VulnerabilitiesSearch>) => void;
}

const rowId = ({ id, package: name, version, change }: ComparedFinding) =>
  `${id} ${name} ${version} ${change}`;
const rowName = ({ id, package: name }: ComparedFinding) => `${id} ${name}`;

/** The findings of a report: which, how severe, and what repairs them. */
export function FindingsPanel({ place, name, findings, search, onSearch }: FindingsPanelProps) {
  const { t } = useTranslation();
  const { filter = '', type, against } = search;
  const [picked, setPicked] = useState<ComparedFinding>();
  const [sort, setSort] = useState<Sort>();
  const state = FINDING_STATES.find((known) => known === type);
  const shown = useMemo(() => shownFindings(findings, state, filter), [findings, state, filter]);
  const columns = useFindingColumns(against !== undefined);
  const options = FINDING_STATES.flatMap((value) => {
    const count = findings.filter((one) => isOf(one, value)).length;
    return count > 0 || value === state
      ? [{ value, label: t(`vulnerabilities.filters.${value}`), count }]
      : [];
  });
  return (
    <>
      <div className={classes.bar}>
        <FilterInput
          value={filter}
          aria-label={t('vulnerabilities.filter')}
          placeholder={t('vulnerabilities.filterHelp')}
          onChange={(text) => onSearch({ filter: text === '' ? undefined : text })}
        />
        <AgainstChoice
          place={place}
          value={against}
          onChange={(tag) => onSearch({ against: tag, type: undefined })}
        />
        <span className={classes.end}>
          <ExportFindings name={name} findings={shown} />
        </span>
      </div>
      <StateFilter
        alone
        label={t('vulnerabilities.filterBy')}
        value={state}
        options={[{ value: undefined, label: t('packages.all'), count: findings.length }, ...options]}
        onChange={(value) => onSearch({ type: value })}
      />
      <WithDetails details={picked && <FindingDetails item={picked} onClose={() => setPicked(undefined)} />}>
        <VirtualTable
          label={t('vulnerabilities.tableLabel')}
          rows={shown}
          rowId={rowId}
          rowName={rowName}
          columns={columns}
          tableId="vulnerabilities"
          sort={sort}
          onSort={setSort}
          filter={`${state} ${filter}`}
          {...(picked && { picked: rowId(picked) })}
          onOpen={setPicked}
          commands={(item) => [
            [openingRow(t, () => setPicked(item), t('commands.row.show'))],
            [copyingOfRow('name', t('commands.row.copyName'), item.id)],
          ]}
          empty={t('vulnerabilities.noMatch')}
        />
      </WithDetails>
    </>
  );
}
