import { Button, Menu } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { downloadText } from '../saving/download-text.ts';
import { fileNameOf } from '../saving/file-name.ts';
import { formatCount } from '../ui/format.ts';
import { toastDone, toastFailure } from '../ui/toast.tsx';
import type { KnownTag } from './known-tag.ts';
import { referencesText, toCsv, toJsonLines } from './tag-export.ts';

export interface ExportMenuProps {
  /** `host/repository` */
  place: string;
  tags: readonly KnownTag[];
  /** Of the button. */
  className: string;
  /** Saves the images themselves. */
  onSave: () => void;
}

/** Takes what is known of the tags chosen out of the app: to the clipboard, or into a file. */
export function ExportMenu({ place, tags, className, onSave }: ExportMenuProps) {
  const { t, i18n } = useTranslation();
  const references = () =>
    referencesText(
      place,
      tags.map(({ name }) => name),
    );
  const copy = () =>
    navigator.clipboard.writeText(references()).then(
      () =>
        toastDone(
          t('selection.exportMenu.copied', {
            count: tags.length,
            formatted: formatCount(tags.length, i18n.language),
          }),
        ),
      toastFailure,
    );
  const save = (ending: string, type: string, text: string) =>
    downloadText(`${fileNameOf(place.replaceAll('/', '-'))}.${ending}`, type, text);
  return (
    <Menu position="top-end" withinPortal={false} floatingStrategy="fixed">
      <Menu.Target>
        <Button
          variant="default"
          classNames={{ root: className }}
          data-action="export"
          rightSection={<IconChevronUp size={12} />}
        >
          {t('selection.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void copy()}>{t('selection.exportMenu.copyReferences')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => save('csv', 'text/csv', toCsv(place, tags))}>
          {t('selection.exportMenu.csv')}
        </Menu.Item>
        <Menu.Item onClick={() => save('jsonl', 'application/jsonl', toJsonLines(place, tags))}>
          {t('selection.exportMenu.jsonLines')}
        </Menu.Item>
        <Menu.Item onClick={() => save('txt', 'text/plain', `${references()}\n`)}>
          {t('selection.exportMenu.references')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item data-action="save" onClick={onSave}>
          {t('selection.exportMenu.images')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
