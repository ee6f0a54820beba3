import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Image } from '../../src-main/common/image.ts';
import { formatCount, shortDigest } from '../ui/format.ts';
import type { IndexChild, IndexContents } from './index-entries.ts';

export interface PlatformSelectorProps {
  index: IndexContents;
  root: Image;
  /** Digest of what is shown. */
  chosen: string;
  onChoose: (digest: string) => void;
}

/** Chooses what of an index is shown: a platform, another content, an attestation under the platform it speaks of, or the index. */
export function PlatformSelector({ index, root, chosen, onChoose }: PlatformSelectorProps) {
  const { t, i18n } = useTranslation();
  const name = useChildName();
  const platforms = index.children.filter(({ entry }) => entry.kind === 'image');
  const others = index.children.filter(({ entry }) => entry.kind !== 'image' && entry.kind !== 'blob');
  const attestations = [
    ...index.children.flatMap((child) =>
      child.attestations.map((entry) => ({
        value: entry.digest,
        label: t('image.attestationOf', { of: name(child) }),
      })),
    ),
    ...index.loose.map(({ digest }) => ({
      value: digest,
      label: `${t('image.attestationLoose')} ${shortDigest(digest)}`,
    })),
  ];
  const groups = [
    {
      group: t('image.group.platforms'),
      items: platforms.map((child) => ({ value: child.entry.digest, label: name(child) })),
    },
    {
      group: t('image.group.others'),
      items: [
        ...others.map((child) => ({ value: child.entry.digest, label: name(child) })),
        { value: root.digest, label: t('image.wholeIndex') },
      ],
    },
    { group: t('image.group.attestations'), items: attestations },
  ].filter(({ items }) => items.length > 0);
  return (
    <Select
      size="xs"
      w={300}
      maxDropdownHeight={320}
      label={`${t('image.platform')} (${formatCount(platforms.length, i18n.language)})`}
      styles={{ root: { display: 'flex', alignItems: 'center', gap: 8 }, wrapper: { flex: 1 } }}
      allowDeselect={false}
      searchable={platforms.length > 12}
      data={unique(groups)}
      value={chosen}
      onChange={(value) => value !== null && onChoose(value)}
    />
  );
}

interface Group {
  group: string;
  items: { value: string; label: string }[];
}

/** An index may list a digest twice; a choice may not. */
function unique(groups: Group[]): Group[] {
  const seen = new Set<string>();
  return groups.map(({ group, items }) => ({
    group,
    items: items.filter(({ value }) => !seen.has(value) && seen.add(value)),
  }));
}

/** What a child of an index is called. */
export function useChildName(): (child: IndexChild) => string {
  const { t } = useTranslation();
  return ({ entry, platform }) => {
    if (platform !== undefined) return platform;
    const digest = shortDigest(entry.digest);
    if (entry.kind === 'index') return t('image.nestedIndex', { digest });
    if (entry.kind === 'image') return t('image.noPlatform', { digest });
    if (entry.kind === 'blob') return t('image.blobOption', { digest });
    return t('image.artifactOption', { digest });
  };
}
