import { Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../ui/action-button.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useChangeKeptFolder } from './trash-queries.ts';

/** Where kept layers lie; one that cannot be written into is refused, with why. */
export function KeptFolder({ folder }: { folder: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState(folder);
  const changing = useChangeKeptFolder();
  const isSame = text.trim() === folder;
  const use = () => {
    if (!isSame && !changing.isPending) changing.mutate({ keptFolder: text.trim() });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
    >
      <TextInput
        label={t('settings.keptFolder')}
        description={t('settings.keptFolderHelp')}
        maw={560}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group mt="xs">
        <ActionButton
          variant="default"
          reason={isSame ? t('settings.keptFolderSame') : undefined}
          onClick={use}
        >
          {t('settings.keptFolderUse')}
        </ActionButton>
      </Group>
      {changing.error && <ErrorPanel error={changing.error} />}
    </form>
  );
}
