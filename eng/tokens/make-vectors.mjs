// Makes the test vectors of tests/Telemetry.Handler.Tests/Tokens/Vectors with the reference implementation, tiktoken.
//   cd eng/tokens && npm ci && node make-vectors.mjs ../../tests/Telemetry.Handler.Tests/Tokens/Vectors
// A line is a JSON array: the text as base64 of its UTF-8, then the ids. The texts are made up here, the same every time.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { get_encoding: getEncoding } = require('tiktoken');
const folder = process.argv[2] ?? '.';

let state = 20261121;
const random = (below) => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return Math.floor((state / 4294967296) * below);
};

// What the patterns treat differently, and words that are merged from many parts.
const parts = ['a', 'b', 'E', 'Z', 'é', 'Ü', 'ſ', 'ß', "'", "'s", "'LL", "'ve", "'ſ", '’s', ' ', '  ', '\n', '\r\n', '\t', '\u00a0', '\u3000',
  '\u2028', '\u0085', '1', '22', '٣', 'Ⅷ', '½', '中', '文字', 'あ', 'カ', '한국', '🎉', '👩‍👩‍👧', 'e\u0301', '\u0301', 'ǅ', 'ʰ', 'ª', '_', '-', '/', '//',
  '...', '!', '?', '(', '{"', '\\n', '<|endoftext|>', 'the', ' Hello', 'WORLD', 'camelCase', 'İ', '\u200b', '\ufeff', '\u{1F1E9}', '𝒳', 'אב', 'عرب',
  'ไทย', 'हिन्दी', '\u0000', '\u007f', '\u212a', 'ﬁ', 'aaaaaaaaaaaaaaaa', '================', 'https://example.org/?q=1', '0x1F', '1234567'];
const fixed = ['', ' ', '\n', 'a', 'The quick brown fox jumps over the lazy dog.', "I'd've said we'll they're DON'T", 'SELECT * FROM t WHERE x >= 10;\n\n\n',
  '{"type":"text","text":"Grüße, 世界! 🎉"}', '  leading and trailing  ', '\r\n\r\n  \n x', '\t\tif (x) {\n\t\t\treturn 1;\n\t\t}\n',
  'a'.repeat(1000), ' '.repeat(1000), '\n'.repeat(999), '='.repeat(1000), 'ab'.repeat(500), '中'.repeat(300), '🎉'.repeat(200), '1'.repeat(100)];

const texts = [...fixed];
for (let i = 0; i < 500; i++) {
  texts.push(Array.from({ length: 1 + random(14) }, () => parts[random(parts.length)]).join(''));
}

// Characters of all planes. Up to Unicode 15, which every implementation knows: unassigned ones may get a class some day.
for (let i = 0; i < 250; i++) {
  let text = '';
  for (let left = 1 + random(10); left > 0; left--) {
    let code;
    do {
      code = random(random(8) < 6 ? 0x3000 : 0x20000);
    } while (!/^[^\p{Cn}\p{Cs}]$/u.test(String.fromCodePoint(code)));
    text += String.fromCodePoint(code);
  }

  texts.push(text);
}

for (const name of ['cl100k_base', 'o200k_base']) {
  const encoding = getEncoding(name);
  const lines = texts.map((text) => JSON.stringify([Buffer.from(text, 'utf8').toString('base64'), ...encoding.encode(text, [], [])]));
  writeFileSync(join(folder, `${name}.jsonl`), lines.join('\n') + '\n');
  console.log(`${name}: ${lines.length} texts`);
}
