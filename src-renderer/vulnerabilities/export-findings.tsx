import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFileExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ComparedFinding } from '../../src-main/common/findings.ts';
import { csvText } from '../saving/csv.ts';
import { downloadText } from '../saving/download-text.ts';
import { fileNameOf } from '../saving/file-name.ts';

const COLUMNS = [
  'severity',
  'id',
  'change',
  'package',
  'version',
  'fixed',
  'score',
  'allowed',
  'description',
  'links',
] as const;

function findingsCsv(findings: readonly ComparedFinding[]): string {
  return csvText(
    COLUMNS,
    findings.map(({ links, ...finding }) => ({ ...finding, links: links.join(' ') })),
  );
}

/** The findings that are shown, as a file. @param name without an ending */
export function ExportFindings({ name, findings }: { name: string; findings: readonly ComparedFinding[] }) {
  const { t } = useTranslation();
  const file = `${fileNameOf(name)}-cves`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconFileExport size={14} />}
          rightSection={<IconChevronDown size={14} />}
        >
          {t('packages.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => downloadText(`${file}.csv`, 'text/csv', findingsCsv(findings))}>
          CSV
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            downloadText(`${file}.json`, 'application/json', `${JSON.stringify(findings, null, 2)}\n`)
          }
        >
          JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
