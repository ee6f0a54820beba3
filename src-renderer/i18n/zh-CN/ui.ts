import type { ui as words } from '../en/ui.ts';
import type { Translation } from '../translation.ts';

export const ui: Translation<typeof words> = {
  known: '{{when}}的数据',
  justNow: '刚刚',
  soon: '马上',
  age: {
    now: '刚刚',
    ahead: '{{age}}后',
    minutes: '{{number}} 分钟',
    hours: '{{number}} 小时',
    days: '{{number}} 天',
    years: '{{number}} 年',
  },
  columns: {
    title: '列',
    reset: '恢复默认列',
    keys: '← → 列宽 · Alt+↑ Alt+↓ 顺序',
  },
  sentence: '{{text}}。',
  aside: '（{{text}}）',
  shownAsKnown: '数据更新时间：{{when}}。',
  attached: {
    signature: '签名',
    sbom: 'SBOM',
    attestation: '证明',
    scan: '扫描报告',
    other: '其他',
    help: '附加在镜像上，未经验证。',
  },
  systems: {
    distribution: 'Distribution',
    harbor: 'Harbor',
    nexus: 'Nexus Repository',
    dockerHub: 'Docker Hub',
    ghcr: 'GitHub Packages',
    gitlab: 'GitLab 容器镜像仓库',
    quay: 'Quay',
    ecr: 'Amazon ECR',
    acr: 'Azure Container Registry',
    gar: 'Google Artifact Registry',
    artifactory: 'Artifactory',
    gitea: 'Gitea / Forgejo',
    zot: 'zot',
    wharfinger: '码头管家本地镜像仓库',
    generic: 'OCI 镜像仓库',
  },
};
