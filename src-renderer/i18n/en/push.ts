/** Words of pushing an image that is on this machine. */
export const push = {
  button: 'Push an image…',
  title: 'Push an image',
  start: 'Push',
  chooseFile: 'Choose a file…',
  fileHelp: 'An archive from docker save or podman save, an OCI archive, or a folder dropped here.',
  fileHelpBrowser:
    'An archive from docker save or podman save, or an OCI archive. It can also be dropped here.',
  reading: 'Reading it…',
  sending: 'Reading the file: {{percent}}%',
  inFile: 'Images in this file',
  nothing: 'It contains no images.',
  next: 'Continue',
  other: 'Choose another image',
  several_one: '{{count}} image, under its own name.',
  several_other: '{{count}} images, each under its own name.',
  engine: 'Images of the container engine on this machine',
  engineEmpty: 'The container engine has no images.',
  image: 'Image',
  filter: 'Filter images',
  noMatch: 'No image matches',
  drop: 'Drop an archive of images to push it',
};
