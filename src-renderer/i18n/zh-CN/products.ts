import type { products as words } from '../en/products.ts';
import type { Translation } from '../translation.ts';

export const products: Translation<typeof words> = {
  products: {
    title: '产品',
    dockerHub: {
      name: 'Docker Hub',
      title: '添加 Docker Hub',
      hint: 'docker.io',
      about: '登录后会列出您的账号及所属组织的仓库；其他仓库可搜索，或按名称添加。',
    },
    ghcr: {
      name: 'GitHub Packages',
      title: '添加 GitHub Packages',
      hint: 'ghcr.io',
      about: 'GitHub 不提供仓库列表，也不能在此删除；请按名称添加您使用的仓库。',
    },
    gitlab: {
      name: 'GitLab',
      title: '添加 GitLab 镜像仓库',
      hint: 'gitlab.com 或自建',
      about: 'GitLab 不提供仓库列表，请按名称添加您使用的仓库，例如 group/project。',
    },
    harbor: {
      name: 'Harbor',
      title: '添加 Harbor 镜像仓库',
      hint: '机器人或用户账号',
      about: '列出该账号可见的仓库及其大小和标签，并可单独删除标签。',
    },
    distribution: {
      name: 'Distribution',
      title: '添加 Distribution 镜像仓库',
      hint: 'registry:2 和 registry:3',
      about: '开源镜像仓库，通常以 registry:2 镜像运行。能否删除取决于服务器设置。',
    },
    nexus: {
      name: 'Nexus Repository',
      title: '添加 Nexus 镜像仓库',
      hint: 'Sonatype，按端口或路径',
      about:
        '填写网页地址，一次登录即可读取所有 Docker 仓库（3.83 及以上版本）。Docker 连接器有独立的端口或子域名，只通向其中一个仓库。',
    },
    quay: {
      name: 'Quay',
      title: '添加 Quay 镜像仓库',
      hint: 'quay.io 或自建',
      about: '机器人账号供程序使用，可限定其能访问的仓库。',
    },
    ecr: {
      name: 'Amazon ECR',
      title: '添加 Amazon ECR 镜像仓库',
      hint: '账户 ID 和区域',
      about: '每个账户在每个区域有一个私有镜像仓库。',
    },
    acr: {
      name: 'Azure（ACR）',
      title: '添加 Azure Container Registry',
      hint: 'Container Registry',
      about: '登录服务器的名称见 Azure 门户中该容器注册表的“概述”页。',
    },
    gar: {
      name: 'Google（GAR）',
      title: '添加 Google Artifact Registry',
      hint: 'Artifact Registry',
      about: '仓库按位置存放，名称形如 project/repository/image。',
    },
    artifactory: {
      name: 'Artifactory',
      title: '添加 Artifactory 镜像仓库',
      hint: 'jfrog.io 或自建',
      about: '请填写 docker login 使用的地址。',
    },
    gitea: {
      name: 'Gitea、Forgejo',
      title: '添加 Gitea 或 Forgejo 镜像仓库',
      hint: '也适用于 Codeberg',
      about: '镜像是用户或组织的软件包，地址与网页相同。',
    },
    zot: {
      name: 'zot',
      title: '添加 zot 镜像仓库',
      hint: 'Project Zot',
      about: '提供仓库列表，并可单独删除标签。',
    },
    generic: {
      name: '其他镜像仓库',
      title: '添加镜像仓库',
      hint: '任何支持 OCI 的产品',
      about: '具体是哪种产品会自动识别。',
    },
  },
  parts: {
    account: {
      label: '账户 ID',
      help: 'AWS 账户的 12 位数字。',
      wrong: '请输入 12 位数字的账户 ID。',
    },
    region: {
      label: '区域',
      help: '镜像仓库所在的区域。',
      wrong: '请输入区域，例如 eu-west-1。',
    },
    registry: {
      label: '镜像仓库名称',
      help: '登录服务器名称的第一部分。',
      wrong: '请输入由字母、数字和连字符组成的名称。',
    },
    cloud: {
      label: '云',
      help: 'Azure、Azure 中国或美国政府版。',
      wrong: '请选择云。',
    },
    location: {
      label: '位置',
      help: '例如 europe-west1，或 us、europe、asia。',
      wrong: '请输入位置，例如 europe-west1。',
    },
  },
  ways: {
    anonymous: '匿名',
    password: '用户名和密码',
    identityToken: '身份令牌',
    hubToken: '访问令牌',
    githubToken: '访问令牌',
    gitlabToken: '个人访问令牌',
    deployToken: '部署令牌',
    robot: '机器人账号',
    harborUser: '用户',
    nexusUser: '用户名和密码',
    nexusToken: '用户令牌',
    quayRobot: '机器人账号',
    quayUser: '用户',
    ecrPassword: 'AWS CLI',
    acrToken: '令牌或服务主体',
    acrIdentity: 'Azure CLI',
    gcloudToken: 'gcloud CLI',
    gcpKey: '服务账号密钥',
    jfrogToken: '身份令牌',
    giteaToken: '访问令牌',
    zotUser: '用户名和密码',
  },
  wayHelp: {
    password: '启用单点登录或两步验证时，镜像仓库通常要求填写访问令牌。令牌服务（Bearer）也使用这里的信息。',
    identityToken: '镜像仓库令牌服务的刷新令牌，即 Azure 等服务在“docker login”后保存的令牌。',
    hubToken:
      '个人访问令牌：浏览需要“Read”权限，推送和复制需要“Read & Write”，删除需要“Read, Write, Delete”。组织令牌请配合组织名称使用。',
    githubToken:
      '个人访问令牌（classic），需要 read:packages 权限；推送和复制还需要 write:packages。细粒度令牌在此无效。',
    gitlabToken: '需要 read_registry 权限；推送、复制和删除还需要 write_registry。',
    deployToken:
      '在项目或群组的“设置 → 仓库 → 部署令牌”中创建，需要 read_registry，推送还需要 write_registry。',
    robot:
      '在项目的“机器人账户”页面创建，跨项目的在“系统管理”中创建。需要列出和拉取权限，推送和删除按需授予。',
    harborUser: '使用单点登录时，请填写用户资料中的 CLI 密码，而不是登录密码。',
    nexusUser:
      '服务器上须启用“Docker Bearer Token Realm”（Security → Realms）。查看仓库、Blob 存储和任务，角色还需要 nx-repository-admin、nx-blobstores 和 nx-tasks 权限。',
    nexusToken: '在用户资料的“User Token”中创建（Nexus Pro）。',
    quayRobot: '在账号或组织的“Robot Accounts”中创建，并授予其访问相应仓库的权限。',
    quayUser: '使用账号设置中生成的加密 CLI 密码。',
    ecrPassword:
      '运行此命令并粘贴其输出，有效期 12\u00a0小时。如果 Docker 使用 ecr-login 助手，请添加本机已有的登录信息，它会自动续期。',
    acrToken:
      '令牌或管理员用户的名称和密码，或服务主体的 ID 和机密。参见该容器注册表的“访问密钥”和“令牌”页。',
    acrIdentity: '运行此命令并粘贴其输出，有效期约 3\u00a0小时。',
    gcloudToken: '运行此命令并粘贴其输出，有效期 1\u00a0小时。',
    gcpKey: '密钥的完整 JSON 文件。该账号需要 Artifact Registry Reader 角色，推送则需要 Writer。',
    jfrogToken: '您的用户名，以及在“Edit profile”→“Authentication settings”中创建的身份令牌。',
    giteaToken:
      '需要“package”权限：浏览需要读取（read:package）；推送、复制和删除需要读写（write:package）。',
    zotUser: '服务器 htpasswd 文件或 LDAP 中的用户，或在其网页上创建的 API 密钥。',
  },
  users: {
    github: 'GitHub 用户名',
    robot: '机器人账号',
    token: '令牌的用户名',
    nameCode: '用户令牌的 name code',
    principal: '令牌名称或应用程序 ID',
  },
  secrets: {
    password: '密码或访问令牌',
    token: '令牌',
    robot: '机器人密钥',
    passCode: '用户令牌的 pass code',
    cli: '密码或 CLI 密码',
    key: '密钥（JSON）',
    identity: '身份令牌',
    printed: '命令的输出',
  },
};
