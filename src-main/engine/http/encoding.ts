import {
  brotliDecompress,
  constants,
  gunzip,
  type InputType,
  inflate,
  inflateRaw,
  type ZlibOptions,
} from 'node:zlib';

type Decoder = (
  bytes: InputType,
  options: ZlibOptions,
  done: (error: Error | null, decoded: Buffer) => void,
) => void;

const DECODERS: Readonly<Record<string, readonly Decoder[]>> = {
  gzip: [gunzip],
  'x-gzip': [gunzip],
  // With zlib's frame by the standard, without it from servers that read the standard otherwise.
  deflate: [inflate, inflateRaw],
  br: [brotliDecompress],
};

export interface DecodeOptions {
  /** Bytes after decoding. */
  max: number;
  /** The bytes are the beginning of a body; what they hold is wanted. */
  partial?: boolean;
}

/** What went wrong: more than allowed came out. Every other failure gives the bytes back as they are. */
export class DecodedTooLarge extends Error {}

/**
 * The content of a body that was compressed on its way. We ask for none of it (`Accept-Encoding: identity`); some proxies compress
 * all the same, and some storage calls encoded what is not. So bytes that do not decode are taken as they are: the caller
 * them checks them. Runs off the event loop.
 *
 * @throws {DecodedTooLarge} by a small body that grows without bound
 */
export async function decoded(
  bytes: Buffer,
  encoding: string | undefined,
  { max, partial = false }: DecodeOptions,
): Promise<Buffer> {
  const finishFlush = partial ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
  for (const decode of DECODERS[encoding?.trim().toLowerCase() ?? ''] ?? []) {
    const result = await new Promise<Buffer | undefined>((resolve, reject) => {
      const options =
        decode === brotliDecompress ? { maxOutputLength: max } : { maxOutputLength: max, finishFlush };
      decode(bytes, options, (error, content) => {
        if (!error) resolve(content);
        else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
          reject(new DecodedTooLarge());
        else resolve(undefined);
      });
    });
    if (result) return result;
  }
  return bytes;
}
