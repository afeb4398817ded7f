/**
 * Compress files, on all processors.
 * In (stdin): { "brotli": quality, "files": [{ "from", "to" }] }, `to` without its ending.
 * Writes `to`.gz and `to`.br; out (stdout): null.
 */
import { readFile, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const { brotli: quality, files } = JSON.parse(await text(process.stdin));

async function compress({ from, to }) {
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

await Promise.all(files.map(compress));
process.stdout.write("null");
