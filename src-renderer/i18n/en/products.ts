/** Words of each product where a registry is added: what it is, what it asks for, and where that is made. */
export const products = {
  products: {
    title: 'Products',
    dockerHub: {
      name: 'Docker Hub',
      title: 'Add Docker Hub',
      hint: 'docker.io',
      about:
        'Signed in, the repositories of your account and of its organizations are listed. Others are found by searching, or added by name.',
    },
    ghcr: {
      name: 'GitHub Packages',
      title: 'Add GitHub Packages',
      hint: 'ghcr.io',
      about: 'GitHub does not list its repositories, nor support deletion here. Add those you use by name.',
    },
    gitlab: {
      name: 'GitLab',
      title: 'Add a GitLab registry',
      hint: 'gitlab.com or your own',
      about: 'GitLab does not list its repositories. Add those you use by name, such as group/project.',
    },
    harbor: {
      name: 'Harbor',
      title: 'Add a Harbor registry',
      hint: 'Robot or user account',
      about: 'Lists what the account can see, with sizes and tags, and deletes single tags.',
    },
    distribution: {
      name: 'Distribution',
      title: 'Add a Distribution registry',
      hint: 'registry:2 and registry:3',
      about:
        'The open-source registry, often run as the image registry:2. Deletion is a setting of the server.',
    },
    nexus: {
      name: 'Nexus Repository',
      title: 'Add a Nexus repository',
      hint: 'Sonatype, port or path',
      about:
        'The address of the web page reads all Docker repositories with one sign-in (3.83 and later). A Docker connector has a port or subdomain of its own and leads into one of them.',
    },
    quay: {
      name: 'Quay',
      title: 'Add a Quay registry',
      hint: 'quay.io or your own',
      about: 'A robot account is made for programs and can be limited to some repositories.',
    },
    ecr: {
      name: 'Amazon ECR',
      title: 'Add an Amazon ECR registry',
      hint: 'Account ID and region',
      about: 'Each account has one private registry for each region.',
    },
    acr: {
      name: 'Azure (ACR)',
      title: 'Add an Azure container registry',
      hint: 'Container Registry',
      about: 'The login server is on the registry’s overview page in the Azure portal.',
    },
    gar: {
      name: 'Google (GAR)',
      title: 'Add a Google artifact registry',
      hint: 'Artifact Registry',
      about: 'Repositories are kept by location and named project/repository/image.',
    },
    artifactory: {
      name: 'Artifactory',
      title: 'Add an Artifactory registry',
      hint: 'jfrog.io or your own',
      about: 'The address is the one that docker login takes.',
    },
    gitea: {
      name: 'Gitea, Forgejo',
      title: 'Add a Gitea or Forgejo registry',
      hint: 'Also Codeberg',
      about: 'Images are packages of a user or an organization, at the address of the web page.',
    },
    zot: {
      name: 'zot',
      title: 'Add a zot registry',
      hint: 'Project Zot',
      about: 'Lists its repositories and deletes single tags.',
    },
    generic: {
      name: 'Other registry',
      title: 'Add a registry',
      hint: 'Anything that speaks OCI',
      about: 'The product is detected automatically.',
    },
  },
  parts: {
    account: {
      label: 'Account ID',
      help: 'The 12 digits of the AWS account.',
      wrong: 'Enter the 12 digits of the account.',
    },
    region: {
      label: 'Region',
      help: 'Where the registry is.',
      wrong: 'Enter a region such as eu-west-1.',
    },
    registry: {
      label: 'Registry name',
      help: 'The first part of its login server.',
      wrong: 'Enter the name, in letters, digits and hyphens.',
    },
    cloud: {
      label: 'Cloud',
      help: 'Azure, Azure China or US Government.',
      wrong: 'Choose the cloud.',
    },
    location: {
      label: 'Location',
      help: 'A region such as europe-west1, or us, europe, asia.',
      wrong: 'Enter a location such as europe-west1.',
    },
  },
  ways: {
    anonymous: 'None',
    password: 'User name and password',
    identityToken: 'Identity token',
    hubToken: 'Access token',
    githubToken: 'Access token',
    gitlabToken: 'Personal access token',
    deployToken: 'Deploy token',
    robot: 'Robot account',
    harborUser: 'User',
    nexusUser: 'User name and password',
    nexusToken: 'User token',
    quayRobot: 'Robot account',
    quayUser: 'User',
    ecrPassword: 'AWS CLI',
    acrToken: 'Token or service principal',
    acrIdentity: 'Azure CLI',
    gcloudToken: 'gcloud CLI',
    gcpKey: 'Service account key',
    jfrogToken: 'Identity token',
    giteaToken: 'Access token',
    zotUser: 'User name and password',
  },
  wayHelp: {
    password:
      'With single sign-on or two-factor authentication, registries require an access token here. Also for token services (Bearer).',
    identityToken:
      'A refresh token for the registry’s token service, as “docker login” keeps for Azure and others.',
    hubToken:
      'A personal access token: “Read” to look around, “Read & Write” to push and copy, “Read, Write, Delete” to delete. An organization’s token goes with the name of the organization.',
    githubToken:
      'A personal access token (classic) with the scope read:packages; write:packages to push and copy. Fine-grained tokens do not work here.',
    gitlabToken: 'With the scope read_registry; write_registry to push, copy and delete.',
    deployToken:
      'Created under Settings → Repository → Deploy tokens of a project or group, with read_registry and, to push, write_registry.',
    robot:
      'Created on the page “Robot Accounts” of a project, or under Administration for several. It needs the permissions to list and pull; push and delete are optional.',
    harborUser: 'With single sign-on: the CLI secret of your user profile, not your password.',
    nexusUser:
      'The “Docker Bearer Token Realm” must be active on the server (Security, Realms). To see repositories, blob stores and tasks a role needs nx-repository-admin, nx-blobstores and nx-tasks.',
    nexusToken: 'Created in your user profile under “User Token” (Nexus Pro).',
    quayRobot:
      'Created under “Robot Accounts” of your account or an organization. Give it permissions on the repositories.',
    quayUser: 'With the encrypted CLI password from your account settings.',
    ecrPassword:
      'Run this and paste what it prints; it is valid for 12\u00a0hours. Where Docker uses the helper ecr-login, add the sign-in found on this machine: it renews itself.',
    acrToken:
      'The name and password of a token or of the admin user, or ID and secret of a service principal. See “Access keys” and “Tokens” of the registry.',
    acrIdentity: 'Run this and paste what it prints; it is valid for about 3\u00a0hours.',
    gcloudToken: 'Run this and paste what it prints; it is valid for one hour.',
    gcpKey:
      'The whole JSON file of a key. The account needs the role Artifact Registry Reader, or Writer to push.',
    jfrogToken:
      'Your user name, and an identity token created under “Edit profile” → “Authentication settings”.',
    giteaToken:
      'With the permission “package”: Read (read:package) to look around, Read and Write (write:package) to push, copy and delete.',
    zotUser: 'A user of the server’s htpasswd file or LDAP, or an API key created on its web page.',
  },
  users: {
    github: 'GitHub user name',
    robot: 'Robot account',
    token: 'Token’s user name',
    nameCode: 'User token name code',
    principal: 'Token name or application ID',
  },
  secrets: {
    password: 'Password or access token',
    token: 'Token',
    robot: 'Robot secret',
    passCode: 'User token pass code',
    cli: 'Password or CLI secret',
    key: 'Key (JSON)',
    identity: 'Identity token',
    printed: 'Output of the command',
  },
};
