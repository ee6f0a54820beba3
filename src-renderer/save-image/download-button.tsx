import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { copySubject } from '../../src-main/common/transfer.ts';
import { DOWNLOAD_PATH } from '../../src-main/contract/browser-session.ts';
import { orpc } from '../api.ts';
import { desktopFiles } from '../desktop-files.ts';
import type { OperationButtonProps } from '../operation-kind.ts';
import { useTabIndex } from '../ui/row-focus.ts';

/** Milliseconds between two looks whether what is offered is still there: it goes once it was downloaded. */
const LOOK_AGAIN = 2_000;

/** A link to the archive that an operation saved for this browser; nothing where there is none (any more). */
export function DownloadButton({ operation, name, size }: OperationButtonProps) {
  const { t } = useTranslation();
  const tabIndex = useTabIndex();
  const path = savedTo(operation);
  const isReady = path !== undefined && operation.status === 'done' && desktopFiles() === undefined;
  const { data } = useQuery({
    ...orpc.content.downloads.queryOptions(),
    enabled: isReady,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.length ? LOOK_AGAIN : false),
  });
  const found = isReady ? data?.find((each) => each.path === path) : undefined;
  if (!found) return null;
  const action = t('saveImage.download');
  return (
    <Button
      component="a"
      href={`${DOWNLOAD_PATH}${found.ticket}`}
      download
      size={size}
      tabIndex={tabIndex}
      leftSection={<IconDownload size={14} />}
      aria-label={t('operations.actionOn', { action, name })}
    >
      {action}
    </Button>
  );
}

function savedTo({ subject }: Operation): string | undefined {
  const target = copySubject.safeParse(subject).data?.target;
  if (!target || !('content' in target) || target.content.kind === 'engine') return undefined;
  return target.content.path;
}
