import { Button } from '@mantine/core';
import { IconDownload, IconFileExport, IconTag, IconTagOff, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { Image } from '../../src-main/common/image.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { useLockReason } from '../accounts/lock.ts';
import { useAccount } from '../accounts/queries.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/use-commands.ts';
import { ListProblem } from '../lists/list-problem.tsx';
import { ImageShare } from '../storage/image-share.tsx';
import { type Change, TagChanges } from '../tags/tag-changes.tsx';
import { ActionButton } from '../ui/action-button.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Digest } from '../ui/digest.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { failureOf } from '../ui/failure.ts';
import { shortDigest } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { pullCommand } from '../ui/pull-command.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { ImageLabels } from '../vulnerabilities/image-labels.tsx';
import classes from './image.module.css';
import { ImageSkeleton } from './image-skeleton.tsx';
import { ImageTabFrame, ImageTabs } from './image-tabs.tsx';
import { imageQueries } from './queries.ts';

const route = getRouteApi('/registries/$accountId/image');

const NONE: readonly Command[] = [];

export function ImagePage() {
  const { accountId } = route.useParams();
  const { repository, reference, tab = 'overview' } = route.useSearch();
  const account = useAccount(accountId);
  const place = { accountId, repository };
  const root = useQuery(imageQueries.get(place, reference));
  const { t } = useTranslation();
  if (!account) return null;
  const backToTags = (
    <Button
      variant="default"
      renderRoot={(props) => (
        <Link to="/registries/$accountId/tags" params={{ accountId }} search={{ repository }} {...props} />
      )}
    >
      {t('image.backToTags')}
    </Button>
  );
  return (
    <Page>
      <Header
        account={account}
        place={place}
        reference={reference}
        root={root.data}
        isPending={root.isPending}
      />
      {root.isPending && (
        <ImageTabFrame>
          <ImageSkeleton tab={tab} />
        </ImageTabFrame>
      )}
      {root.isError &&
        (failureOf(root.error).code === 'notFound' ? (
          <EmptyState icon={<IconTagOff size={24} />} title={t('image.notFoundTitle')} action={backToTags}>
            {t('errors.notFound.help')}
          </EmptyState>
        ) : (
          <ErrorPanel error={root.error} onRetry={() => void root.refetch()} />
        ))}
      {root.data?.known && (
        <ListProblem
          query={{ isError: true, error: root.data.known.failure, refetch: root.refetch }}
          seen={root.data.known.seen}
        />
      )}
      {root.data && !root.isError && <ImageTabs place={place} root={root.data} />}
    </Page>
  );
}

interface HeaderProps {
  account: Account;
  place: RepositoryPlace;
  reference: string;
  root: Image | undefined;
  isPending: boolean;
}

function Header({ account, place, reference, root, isPending }: HeaderProps) {
  const { t } = useTranslation();
  const [change, setChange] = useState<Change>();
  const { accountId, repository } = place;
  const isDigest = reference.includes(':');
  const name = isDigest ? shortDigest(reference) : reference;
  const locked = useLockReason()(account);
  const pull = root && pullCommand(root.content.kind, root.pullReference);
  const tagsLink = {
    to: '/registries/$accountId/tags',
    params: { accountId },
    search: { repository },
  } as const;
  const title = `${repository}${isDigest ? '@' : ':'}${name}`;
  const ask = (kind: Change['kind']) => () => setChange({ kind, references: [reference] });
  const group = 'page';
  const actions: readonly Command[] = [
    {
      id: 'retag',
      group,
      label: t('image.commands.retag', { title }),
      short: t('image.retag'),
      words: 'retag tag name 重打标签 标签',
      keys: ['r'],
      icon: IconTag,
      reason: locked,
      run: ask('retag'),
    },
    {
      id: 'copy',
      group,
      label: t('image.commands.copy', { title }),
      short: t('image.copyTo'),
      words: 'copy image 复制 镜像',
      keys: ['c'],
      icon: IconFileExport,
      run: ask('copy'),
    },
    {
      id: 'save',
      group,
      label: t('image.commands.save', { title }),
      short: t('saveImage.action'),
      words: 'save download export archive file 保存 下载 导出 文件',
      icon: IconDownload,
      run: ask('save'),
    },
    {
      id: 'delete',
      group,
      label: t('image.commands.delete', { title }),
      short: t('image.delete'),
      words: 'delete remove image tag 删除 移除 镜像 标签',
      keys: ['Delete'],
      danger: true,
      icon: IconTrash,
      reason: locked,
      run: ask('delete'),
    },
  ];
  const rename: Command = {
    id: 'rename',
    group,
    label: t('image.commands.rename', { title }),
    words: 'rename tag 重命名 改名 标签',
    keys: ['F2'],
    reason: locked,
    run: ask('rename'),
  };
  useCommands(root ? (isDigest ? actions : [...actions, rename]) : NONE);
  return (
    <>
      <PageHeader
        title={title}
        breadcrumbs={[
          { label: account.name, link: { to: '/registries/$accountId', params: { accountId } } },
          { label: repository, link: tagsLink },
        ]}
        busy={isPending}
        meta={
          root && (
            <>
              <span>{t(`tags.kinds.${root.content.kind}`)}</span>
              <Digest value={root.digest} />
              <Bytes value={root.size} />
              {!isDigest && <ImageShare place={place} tag={reference} />}
              {root.created && <RelativeTime value={root.created} />}
              <ImageLabels place={place} digest={root.digest} />
              {pull && (
                <span className={classes.pull}>
                  <code className={classes.mono}>{pull}</code>
                  <CopyButton value={pull} label={t('image.copyPull')} />
                </span>
              )}
            </>
          )
        }
        actions={
          root &&
          actions.map(({ id, label, short = label, icon: Icon, danger = false, reason, run }) => (
            <ActionButton
              key={id}
              {...(danger ? { variant: 'light', color: 'red' } : { variant: 'default' })}
              leftSection={Icon && <Icon size={14} />}
              reason={reason}
              onClick={run}
            >
              {short}
            </ActionButton>
          ))
        }
      />
      <TagChanges place={place} host={account.host} change={change} onClose={() => setChange(undefined)} />
    </>
  );
}
