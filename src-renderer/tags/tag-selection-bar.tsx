import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/use-commands.ts';
import { chosenText } from '../selection/chosen-text.ts';
import classes from '../selection/selection-bar.module.css';
import { SelectionBar } from '../selection/selection-bar.tsx';
import type { Armed } from '../selection/use-armed.ts';
import { choiceOf } from '../storage/choice.ts';
import { Freed } from '../storage/freed.tsx';
import { useSums } from '../storage/use-sums.ts';
import { formatCount } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';
import { ExportMenu } from './export-menu.tsx';
import type { KnownTag } from './known-tag.ts';
import { pairOf } from './pair-of.ts';
import type { Change } from './tag-changes.tsx';
import { isDigest } from './tag-rows.ts';
import { touchedBy } from './touched.ts';

/** Tags that one request takes. */
export const AT_ONCE = 10_000;
/** Milliseconds without a change of the choice before what it would free is asked for. */
const SETTLE_MS = 200;
/** Names in a hint. */
const NAMED = 12;

const NONE: readonly KnownTag[] = [];

export interface TagSelectionBarProps {
  accountId: string;
  repository: string;
  /** `host/repository` */
  place: string;
  /** All tags, and the manifests without one that were asked for. */
  all: () => readonly KnownTag[];
  /** Tags and digests chosen; what a filter hides of them. */
  armed: Armed;
  /** Why nothing may be changed here. */
  locked: string | undefined;
  onClear: () => void;
  onChange: (change: Change) => void;
  /** Two tags side by side, the first at the left. */
  onCompare: (left: string, right: string) => void;
  /** Puts tags into a drag. */
  onDrag: (transfer: DataTransfer, tags: readonly string[]) => void;
}

/** The tags chosen: what they are, what else is on their images, what would become free, and what can be done with them. */
export function TagSelectionBar(props: TagSelectionBarProps) {
  const { accountId, repository, place, armed, locked, onClear, onChange, onCompare, onDrag } = props;
  const { t, i18n } = useTranslation();
  const { names, total } = armed;
  const all = total > 0 ? props.all() : NONE;
  const touched = useMemo(() => touchedBy(all, names), [all, names]);
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const chosen = [...names];
  const tags = chosen.filter((name) => !isDigest(name));
  const manifests = chosen.length - tags.length;
  const tooMany = chosen.length > AT_ONCE ? t('selection.tooMany', words(AT_ONCE)) : undefined;
  const one = chosen.length === 1 ? undefined : t('selection.selectOne');
  const none = chosen.length === 0 ? t('tags.selectFirst') : undefined;
  // The copy of a manifest without a tag needs a name.
  const nameless = manifests > 0 && chosen.length > 1 ? t('selection.manifestAlone') : undefined;
  const pair = pairOf(all, chosen);
  const sums = useSums(accountId);
  const act = (kind: Change['kind']) => () => onChange({ kind, references: chosen });
  const actions: readonly Command[] = [
    {
      id: 'copy',
      group: 'selection',
      label: t('selection.commands.copy'),
      short: t('selection.copyTo'),
      words: 'copy tags to registry 复制 标签',
      // Two tags are compared by the key alone.
      keys: pair ? ['shift+C'] : ['c', 'shift+C'],
      reason: none ?? tooMany ?? nameless,
      run: act('copy'),
    },
    {
      id: 'compare',
      group: 'selection',
      label: t('selection.commands.compare'),
      short: t('selection.compare'),
      words: 'compare diff 比较 对比 差异',
      ...(pair ? { keys: ['c'] } : { keyThen: 'c' }),
      reason: pair ? undefined : t('selection.selectTwo'),
      run: () => {
        if (pair) onCompare(...pair);
      },
    },
    sums(choiceOf(repository, tags), tags.length === 0 ? t('storage.chosen.needsTags') : tooMany),
    {
      id: 'retag',
      group: 'selection',
      label: t('selection.commands.retag'),
      short: t('selection.retag'),
      words: 'retag tag 重打标签',
      keys: ['r'],
      reason: locked ?? one,
      run: act('retag'),
    },
    {
      id: 'delete',
      group: 'selection',
      label: t('selection.commands.delete'),
      short: t('selection.delete'),
      words: 'delete remove tags 删除 移除 标签',
      keys: ['Delete'],
      danger: true,
      reason: locked ?? none ?? tooMany,
      run: act('delete'),
    },
  ];
  const rename: Command = {
    id: 'rename',
    group: 'selection',
    label: t('selection.commands.rename'),
    words: 'rename tag 重命名 改名 标签',
    keys: ['F2'],
    reason: locked ?? (manifests > 0 ? t('selection.selectOne') : one),
    run: act('rename'),
  };
  // Without a choice there is no bar: its keys say what they wait for, and the overview has them.
  useCommands(total > 0 ? [rename] : [...actions, rename]);
  if (total === 0) return null;
  const { images, unread, others, unknown } = touched;
  return (
    <SelectionBar
      title={chosenText(t, i18n.language, { tags: tags.length, manifests })}
      armed={armed}
      actions={actions}
      onDrag={tags.length > 0 && tooMany === undefined ? (transfer) => onDrag(transfer, tags) : undefined}
      onClear={onClear}
      summary={[
        <span key="images" data-hint={unread > 0 ? t('selection.imagesAtLeastHelp') : undefined}>
          {t(unread > 0 ? 'selection.imagesAtLeast' : 'selection.images', words(images))}
        </span>,
        manifests > 0 ? (
          <span key="freed" data-hint={t('selection.freedInPlanHelp')}>
            {t('selection.freedInPlan')}
          </span>
        ) : (
          <FreedByTags
            key="freed"
            accountId={accountId}
            repository={repository}
            names={names}
            total={all.length}
          />
        ),
        others.length > 0 ? (
          <span key="others" data-hint={t('selection.othersHelp', { tags: namesText(t, others, NAMED) })}>
            {t('selection.others', words(others.length))}
          </span>
        ) : (
          <span key="others" data-hint={unknown > 0 ? t('selection.othersUnknownHelp') : undefined}>
            {t(unknown > 0 ? 'selection.othersUnknown' : 'selection.othersNone')}
          </span>
        ),
      ]}
    >
      <ExportMenu
        place={place}
        tags={all.filter(({ name }) => names.has(name))}
        className={classes.action ?? ''}
        onSave={act('save')}
      />
    </SelectionBar>
  );
}

interface FreedByTagsProps {
  accountId: string;
  repository: string;
  names: ReadonlySet<string>;
  /** Tags of the repository. */
  total: number;
}

/** Asked for once the choice rests; the bar does not wait for it. */
function FreedByTags({ accountId, repository, names, total }: FreedByTagsProps) {
  const { t, i18n } = useTranslation();
  const [settled] = useDebouncedValue(names, SETTLE_MS);
  const all = settled.size === total;
  const choice = useMemo(
    () =>
      all
        ? { repositories: new Set([repository]), tags: new Set<string>() }
        : choiceOf(repository, settled.size > AT_ONCE ? [] : settled),
    [all, repository, settled],
  );
  if (!all && settled.size > AT_ONCE)
    return t('selection.freedTooMany', {
      count: AT_ONCE,
      formatted: formatCount(AT_ONCE, i18n.language),
    });
  return <Freed brief accountId={accountId} choice={choice} />;
}
