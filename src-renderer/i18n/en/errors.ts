/** Words for every failure code of the contract: what happened, and what to do about it. */
export const errors = {
  invalidInput: {
    title: 'Some of the input is not valid',
    help: 'The details name the field. Correct it and try again.',
  },
  invalidReference: {
    title: 'This is not a valid image reference',
    help: 'Repository names are lower-case letters, digits and . _ - between slashes; tags have up to 128 letters, digits and . _ -. The details say which part is wrong.',
  },
  invalidDigest: {
    title: 'This is not a valid digest',
    help: 'A digest looks like sha256: followed by 64 hexadecimal digits. Copy it whole and try again.',
  },
  invalidAddress: {
    title: 'This is not a valid registry address',
    help: 'Enter the host, with a port if needed, such as registry.example.com or localhost:5000. Leave out repository and tag.',
  },
  certificateFile: {
    title: 'The certificate or key cannot be read',
    help: 'Provide PEM text that begins with -----BEGIN. Check that the key belongs to the certificate and that its passphrase is right.',
  },
  hostUnknown: {
    title: 'The host was not found',
    help: 'Check the spelling of the address. If it is an internal name, connect to the network or VPN that knows it, or check the DNS settings.',
  },
  connectionRefused: {
    title: 'The host refuses the connection',
    help: 'The machine answers, but nothing listens on this port. Check the port, and that the registry is running.',
  },
  connectionLost: {
    title: 'The connection was lost',
    help: 'The other side or something in between closed it. Try again; if it happens every time, check proxies and load balancers in front of the registry.',
  },
  timeout: {
    title: 'No answer in time',
    help: 'The registry or the way to it is slow or blocked. Check the network, VPN and firewall, then try again.',
  },
  tlsUntrusted: {
    title: 'The certificate is not trusted',
    help: 'It was issued by an authority this machine does not know. If it is your company’s authority, add its CA certificate to this registry’s TLS settings.',
  },
  tlsExpired: {
    title: 'The certificate has expired or is not valid yet',
    help: 'Ask the registry’s administrator to renew it. Check this machine’s clock too.',
  },
  tlsName: {
    title: 'The certificate is for another host name',
    help: 'Use the host name in the certificate, or ask the administrator for a certificate with this name. Someone between you and the registry can cause this too.',
  },
  tlsClientCertificate: {
    title: 'The registry requires a client certificate, or refused the one provided',
    help: 'Add the client certificate and its key in this registry’s TLS settings, or ask the administrator for one that is accepted.',
  },
  tlsFailed: {
    title: 'No secure connection could be made',
    help: 'The other side may not speak TLS on this port. Check the port; for a registry without TLS, choose plain HTTP.',
  },
  proxyFailed: {
    title: 'The proxy does not let this through',
    help: 'Check the proxy’s address and sign-in, or choose to connect without a proxy for this registry.',
  },
  addressRefused: {
    title: 'The registry points to a host that is not approved',
    help: 'The details name the host. If it belongs to the registry (its token service or storage), approve it: requests are then sent there, and a token service also receives your sign-in. Approved hosts are listed in Settings.',
  },
  notARegistry: {
    title: 'This address is not a container registry',
    help: 'Something answers there, but it does not speak the registry protocol. Check host and port; some products use another host or port for the registry than for their website.',
  },
  unauthorized: {
    title: 'The sign-in was not accepted',
    help: 'Check user name and password. Many registries require an access token instead of the password, especially with single sign-on or two-factor authentication.',
  },
  denied: {
    title: 'This account is not allowed to do that',
    help: 'The sign-in works but lacks the right. Ask the registry’s administrator for it, or use another account.',
  },
  notFound: {
    title: 'Not found',
    help: 'It may have been deleted or renamed, or this account cannot see it. Refresh the list.',
  },
  unsupported: {
    title: 'The registry does not support this',
    help: 'The feature is missing or disabled there. The details have the registry’s own message; its administrator may be able to enable it.',
  },
  rateLimited: {
    title: 'Too many requests',
    help: 'The registry asks to slow down. Wait a little and try again; signing in often raises the limit.',
  },
  conflict: {
    title: 'This conflicts with the current state of the registry',
    help: 'Someone may have changed it in the meantime, or a rule protects it, such as tag immutability. Refresh and check again.',
  },
  alreadyRunning: {
    title: 'The registry is already running this',
    help: 'It runs one at a time. Wait until that run has ended, or stop it, then try again.',
  },
  immutable: {
    title: 'The tag is protected from changes',
    help: 'A rule of the registry makes it immutable: it can be neither moved nor deleted. Change the rule there, or leave the tag as it is.',
  },
  policyRefused: {
    title: 'A rule of the project forbids pulling this image',
    help: 'It lacks a signature, has vulnerabilities, or was not scanned; the details say which. Sign or scan it, or ask the project’s administrator.',
  },
  stillReferenced: {
    title: 'Something else still needs this',
    help: 'The registry deletes nothing that an index or another artifact refers to. Delete what refers to it first.',
  },
  quotaExceeded: {
    title: 'The storage quota is used up',
    help: 'Delete what is no longer needed or ask the administrator for more space. Deleting may free space only after garbage collection.',
  },
  proxyCache: {
    title: 'Nothing can be pushed to a proxy cache',
    help: 'It holds copies from another registry, and pulls through it fill it. Push to another project or repository, or to the registry it caches.',
  },
  refused: {
    title: 'The registry refuses this',
    help: 'It understood the request but will not carry it out. The details have the registry’s own message.',
  },
  registryFailed: {
    title: 'The registry reported an internal error',
    help: 'Try again later; if it persists, send the details to its administrator.',
  },
  invalidResponse: {
    title: 'The registry’s response is not valid',
    help: 'It does not follow the registry protocol, or something in between changed it (for example a proxy’s error page). See the details.',
  },
  tooLarge: {
    title: 'The response is larger than allowed',
    help: 'For safety, manifests and other documents are read only up to a limit. See the details.',
  },
  tooLargeToSend: {
    title: 'This is larger than the registry, or a proxy in front of it, accepts',
    help: 'A limit on the size of one request refused it, even in smaller pieces where that was possible. Ask the administrator to raise the limit (for example client_max_body_size in nginx).',
  },
  digestMismatch: {
    title: 'The content does not match its digest',
    help: 'What was received is damaged or was tampered with, and was discarded. Try again; if it persists, the registry’s storage is damaged.',
  },
  endlessList: {
    title: 'The registry’s list does not end',
    help: 'It repeats its pages or goes on far too long, so reading was stopped. This is a fault in the registry or a proxy; report it to the administrator.',
  },
  notContent: {
    title: 'There are no readable images here',
    help: 'OCI layouts (folder or tar) and archives from docker save and podman save can be read. Check that the right file or folder was chosen.',
  },
  contentDamaged: {
    title: 'The archive or layout is damaged',
    help: 'It is cut short, contradicts itself or points outside itself, so nothing in it was used. Create it again, or get it again from its source.',
  },
  contentBusy: {
    title: 'Another program is writing there',
    help: 'Wait until it has finished. If none is running, delete the lock file named in the details and try again.',
  },
  fileFailed: {
    title: 'A file cannot be read or written',
    help: 'Check that it exists, its permissions and the free disk space. Nothing was left half written.',
  },
  engineUnreachable: {
    title: 'No container engine is responding',
    help: 'Start Docker or the Podman service (podman system service), or set DOCKER_HOST to its address.',
  },
  engineFailed: {
    title: 'The container engine failed',
    help: 'Its message is shown below. Check that it is running and has space, then try again.',
  },
  keychainLocked: {
    title: 'The system keychain is locked',
    help: 'Unlock it and try again. Until then, passwords are kept for this session only.',
  },
  keychainUnavailable: {
    title: 'No system keychain is available',
    help: 'On Linux, start a keyring such as GNOME Keyring or KWallet. Without one, passwords are kept for this session only.',
  },
  credentialHelper: {
    title: 'Docker’s credential helper failed',
    help: 'Check that the helper named in Docker’s configuration is installed and works, or enter a user name and password here.',
  },
  diskFull: {
    title: 'The disk is full',
    help: 'Free some space on the disk that holds the app’s data, then try again. Nothing was lost.',
  },
  settingsFile: {
    title: 'The settings file cannot be read or written',
    help: 'Check the permissions of the data folder (its path is in Settings). A file that cannot be parsed is kept aside, never overwritten.',
  },
  storageFailed: {
    title: 'The app’s own data cannot be read or written',
    help: 'Check the permissions and free space of the data folder (its path is in Settings), then try again.',
  },
  collected: {
    title: 'The registry has already collected the layers',
    help: 'Garbage collection removed what was deleted, so this deletion can no longer be undone. Push or copy the image again from its source.',
  },
  notInTrash: {
    title: 'No longer in the trash',
    help: 'The trash was emptied, or this exceeded the age or size set in Settings. If the registry still has the image, tag it again by its digest.',
  },
  keepLimit: {
    title: 'This is more than can be kept',
    help: 'Nothing was deleted. Raise the size of kept content in Settings, delete less at a time, or delete without keeping content.',
  },
  auditBroken: {
    title: 'The record of changes has been altered',
    help: 'Entries were changed or removed. “wharfinger audit verify” lists them; compare with an export kept elsewhere.',
  },
  trashDamaged: {
    title: 'The saved copy of a deleted manifest is damaged',
    help: 'It no longer matches its digest, so it was not restored. Other manifests of the operation were. Push or copy this one again from its source.',
  },
  fileUnknown: {
    title: 'The image has no such file',
    help: 'It may be in another layer or image, or a link points to something that does not exist.',
  },
  accountUnknown: {
    title: 'This registry is no longer in the list',
    help: 'It was removed, perhaps in another window. Choose another one or add it again.',
  },
  accountExists: {
    title: 'This registry is already in the list',
    help: 'There is an entry with the same address and the same user. Open that one, or sign in as another user.',
  },
  readOnly: {
    title: 'This registry is locked as read-only',
    help: 'Nothing on it can be changed while it is locked. Unlock it in the registry’s settings if you are sure.',
  },
  protectedTag: {
    title: 'This tag is protected',
    help: 'Protected tags are never moved or deleted. The pattern is in the registry’s settings, under Locks.',
  },
  dryRun: {
    title: 'Dry run: nothing is started',
    help: 'While this is on, plans can be made but not started. Turn it off in Settings, or start the app without WHARFINGER_DRY_RUN.',
  },
  nameNeeded: {
    title: 'Type the name to confirm',
    help: 'Deleting this many tags requires typing the name. You can change the number in Settings; emptying a repository always requires it.',
  },
  planExpired: {
    title: 'The plan has expired',
    help: 'Plans are kept for a short time only. Make it again; nothing was changed.',
  },
  planStale: {
    title: 'Something has changed since the plan was made',
    help: 'A tag now points elsewhere, so nothing was changed. Review the new plan before you continue.',
  },
  consentNeeded: {
    title: 'This needs your explicit consent',
    help: 'More would be affected than you selected. Read the plan and agree to it first.',
  },
  operationUnknown: {
    title: 'This operation no longer exists',
    help: 'It may have been removed from History. Refresh the list.',
  },
  busy: {
    title: 'Busy at the moment',
    help: 'Something else is still working on it. Wait until it is done and try again.',
  },
  cancelled: {
    title: 'Cancelled',
    help: 'It was stopped before it was done. You can start it again.',
  },
  internal: {
    title: 'Something went wrong in the app',
    help: 'This is a fault in Wharfinger, not in the registry. Try again; if it persists, report it with the details.',
  },
};
