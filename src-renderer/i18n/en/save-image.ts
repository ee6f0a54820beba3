/** Words of saving images outside registries. */
export const saveImage = {
  action: 'Save as…',
  title: 'Save {{reference}} as',
  titleMany_one: 'Save {{count}} tag as',
  titleMany_other: 'Save {{count}} tags as',
  start: 'Save',
  format: 'Format',
  formats: { ociArchive: 'OCI archive', dockerArchive: 'Docker archive', ociLayout: 'OCI layout (folder)' },
  formatHelp: {
    ociArchive: 'One tar file. Digests, platforms and what is attached are kept.',
    dockerArchive:
      'One tar file for docker load and podman load. It holds one platform of an image, and does not keep the digest.',
    ociLayout: 'A folder to which more images can be added. Digests are kept.',
  },
  file: 'File',
  folder: 'Folder',
  destination: 'Save to',
  destinations: { download: 'This browser’s downloads', path: 'A path' },
  downloadHelp:
    'Wharfinger writes the archive first. The operation then offers it for download, once and for an hour.',
  download: 'Download',
  choose: 'Choose…',
  pathHelp: 'A full path on the computer where Wharfinger runs.',
  pathForm: 'Enter a full path, such as /home/me/web.tar',
};
