import {
  IconAnchor,
  IconBolt,
  IconBox,
  IconBrandAws,
  IconBrandAzure,
  IconBrandDocker,
  IconBrandGithub,
  IconBrandGitlab,
  IconBrandGoogle,
  IconBuildingLighthouse,
  IconHexagons,
  IconPackages,
  IconShip,
  IconStack2,
  IconTeapot,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RegistrySystem } from '../../src-main/common/registry.ts';

const ICONS = {
  distribution: IconStack2,
  harbor: IconAnchor,
  nexus: IconHexagons,
  dockerHub: IconBrandDocker,
  ghcr: IconBrandGithub,
  gitlab: IconBrandGitlab,
  quay: IconShip,
  ecr: IconBrandAws,
  acr: IconBrandAzure,
  gar: IconBrandGoogle,
  artifactory: IconPackages,
  gitea: IconTeapot,
  zot: IconBolt,
  wharfinger: IconBuildingLighthouse,
  generic: IconBox,
} satisfies Record<RegistrySystem, typeof IconBox>;

export interface SystemIconProps {
  system: RegistrySystem;
  size?: number;
}

/** The registry product's icon, with its name in a tooltip and for screen readers. */
export function SystemIcon({ system, size = 18 }: SystemIconProps) {
  const { t } = useTranslation();
  const Icon = ICONS[system];
  const name = t(`ui.systems.${system}`);
  return (
    <span role="img" data-hint={name} aria-label={name} style={{ display: 'inline-flex', flex: 'none' }}>
      <Icon size={size} stroke={1.6} />
    </span>
  );
}
