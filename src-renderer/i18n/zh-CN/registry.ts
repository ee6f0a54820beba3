import type { registry as words } from '../en/registry.ts';
import type { Translation } from '../translation.ts';

export const registry: Translation<typeof words> = {
  overview: '概览',
  browse: '浏览仓库',
  editAccount: '编辑',
  system: '系统',
  versionUnknown: '未提供版本',
  latency: '响应时间',
  latencyHelp: '登录后向该镜像仓库发出一次请求的往返时间',
  milliseconds: '{{value}} 毫秒',
  signIn: '登录方式',
  signedIn: {
    anonymous: '匿名',
    basic: '用户名和密码',
    token: '令牌服务',
    clientCertificate: '客户端证书',
  },
  asUser: '用户 {{username}}',
  repositories: '仓库',
  countSoFar: '目前 {{formatted}} 个',
  abilities: '可以执行的操作',
  ability: {
    list: '列出仓库',
    delete: '删除镜像',
    deleteTag: '只删除一个标签，保留同摘要的其他标签',
    referrers: '查找签名和 SBOM（referrers）',
  },
  abilityState: { yes: '可以', no: '不可以', unknown: '尝试后才知道' },
  lockedHere: '已在码头管家中锁定为只读',
  lockedHereHelp: '解除锁定之前，无法从这里更改该镜像仓库上的任何内容。',
  rateLimit: '剩余拉取次数',
  rateLimitValue: '{{remaining}} / {{limit}}',
  rateLimitWindow_other: '每 {{count}} 小时为一个周期',
  warnings: {
    plainHttp: {
      title: '连接未加密',
      help: '途经的任何人都能读取和篡改传输的内容，包括密码。请为该镜像仓库配置 TLS，并把地址改为 https。',
    },
    unverified: {
      title: '证书未经验证',
      help: '途经的任何人都能冒充该镜像仓库。请把签发其证书的 CA 添加到账号中，并重新启用验证。',
    },
    catalogForbidden: {
      title: '此账号无权列出仓库',
      help: '请使用有权限的账号登录，或按名称添加仓库。',
    },
    catalogMissing: {
      title: '该镜像仓库不提供仓库列表',
      help: '请按名称添加您使用的仓库。',
    },
    deleteDisabled: {
      title: '删除功能已关闭',
      help: '该镜像仓库拒绝删除操作。管理员可以启用它（registry:2 中设置 REGISTRY_STORAGE_DELETE_ENABLED=true）。',
    },
    deleteDenied: {
      title: '此账号并非处处都能删除',
      help: '在所检查的仓库中，它没有删除权限。如需删除，请联系管理员。',
    },
    deleteByTagMissing: {
      title: '无法单独删除一个标签',
      help: '这里只能按摘要删除：同一摘要上的所有标签会一起删除。码头管家会在执行前逐一列出。',
    },
    sessionSecret: {
      title: '登录信息仅在本次会话中保留',
      help: '本机没有可用的钥匙串，退出码头管家后密码即被遗忘。请启动或解锁钥匙串后重新输入，以便保存。',
    },
  },
  addByName: '按名称添加仓库',
  local: {
    title: '推送您自己的镜像',
    intro: '这个镜像仓库在码头管家内部运行，只能从本机访问。',
    reach: {
      title: '谁可以访问',
      everyone: '本机的所有用户和程序都可以读取、更改和删除其中的镜像。',
      signedIn: '只有知道密码的人可以访问，用户名为 {{username}}。',
      signIn: '要求登录',
      signInHelp: '密码会自动生成，并保存在钥匙串中。',
      copyPassword: '复制密码',
      copied: '密码已复制到剪贴板',
      copyElsewhere: '查看密码：wharfinger local --show-password',
      containers: '允许容器访问',
      containersHelp:
        '响应 host.docker.internal 等名称。之后容器，以及能够占用这些名称的网页，都可以访问它。',
      sparseIndexes: '接受不完整的索引',
      sparseIndexesHelp: '索引可以列出这里没有的平台，有些镜像仓库允许这样做。',
    },
    folder: '文件夹',
    stop: '停止',
    start: '启动',
    stopped: '本地镜像仓库已停止',
    stoppedHelp: '其中的镜像仍然保留，启动后即可继续使用。',
    docker: '使用 Docker',
    podman: '使用 Podman',
    copyCommand: '复制命令',
  },
};
