/** What an image runs on, in Go's names (`linux`, `amd64`, `v8`). */
export interface Platform {
  os: string;
  architecture: string;
  variant?: string;
  osVersion?: string;
}
