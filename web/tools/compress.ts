/** Compress files, on all processors: writes `to`.gz and `to`.br. */
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { runJob } from "./job";

interface CompressJob {
  /** Brotli's quality, of 0 to 11. */
  readonly brotli: number;
  /** `to` is without its ending. */
  readonly files: readonly { readonly from: string; readonly to: string }[];
}

async function compress(from: string, to: string, quality: number): Promise<void> {
  const data = await readFile(from);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
  };
  // Both run in threads of their own.
  const [gz, br] = await Promise.all([
    promisify(gzip)(data, { level: constants.Z_BEST_COMPRESSION }),
    promisify(brotliCompress)(data, { params }),
  ]);
  await Promise.all([writeFile(`${to}.gz`, gz), writeFile(`${to}.br`, br)]);
}

await runJob(({ brotli, files }: CompressJob) =>
  Promise.all(files.map(({ from, to }) => compress(from, to, brotli))).then(() => null),
);
