// Exports examples/OtlpExport to a receiver that is not ours, over http/protobuf and over gRPC, and asks the receiver what
// arrived. Usage: ./run, or npm run check [-- PATH/OtlpExport.dll]   (build the example before)
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const here = import.meta.dirname;
const host = '127.0.0.1';
const patience = 30_000;
const ours = 'Telemetry.Handler';

const expectedMetrics = [
  'costledger.attempts',
  'costledger.cost',
  'costledger.operation.cost',
  'costledger.operation.duration',
  'costledger.stream.ends',
  'costledger.tokens',
  'gen_ai.client.operation.duration',
  'gen_ai.client.operation.time_to_first_chunk',
  'gen_ai.client.token.usage',
];

function findExample() {
  const places = ['release', 'debug'].map(kind => join(here, '..', '..', 'artifacts', 'bin', 'OtlpExport', kind, 'OtlpExport.dll'));
  const newestFirst = places.filter(existsSync).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const found = process.argv[2] ?? newestFirst[0];
  assert.ok(found, 'build examples/OtlpExport first');
  return found;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function startReceiver(httpPort, grpcPort) {
  const cli = join(here, 'node_modules', 'autotel-devtools', 'dist', 'cli.js');
  const receiver = spawn(process.execPath, [cli, '--port', httpPort, '--grpc-port', grpcPort, '--host', host], { stdio: 'ignore' });
  for (const end = Date.now() + patience; Date.now() < end; await wait(100)) {
    const answer = await fetch(`http://${host}:${httpPort}/healthz`).catch(() => null);
    if (answer?.headers.has('x-autotel-devtools')) {
      return receiver;
    }
    assert.equal(receiver.exitCode, null, 'the receiver ended at once');
  }
  receiver.kill();
  assert.fail('the receiver did not start');
}

async function runExample(example, service, protocol, port) {
  const { stdout } = await promisify(execFile)('dotnet', [example, '--rounds', '1'], {
    timeout: patience * 2,
    env: {
      ...process.env,
      OTEL_SERVICE_NAME: service,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://${host}:${port}`,
    },
  });
  return Number(/(\d+) calls made/.exec(stdout)[1]);
}

async function ask(httpPort, path, body) {
  const answer = await fetch(`http://${host}:${httpPort}${path}`, body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200, path);
  return answer.json();
}

function checkSpans(spans, calls) {
  const chats = spans.filter(span => span.attributes['gen_ai.operation.name'] === 'chat');
  assert.equal(chats.length, calls, 'one inference span a call, however many attempts it took');
  const priced = chats.filter(span => span.attributes['costledger.cost.amount'] > 0);
  assert.ok(priced.length >= calls - 1, 'every answered call has a cost');
  for (const span of priced) {
    const sum = ['input', 'output', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'server_tools']
      .reduce((total, part) => total + (span.attributes[`costledger.cost.${part}`] ?? 0), 0);
    assert.ok(Math.abs(sum - span.attributes['costledger.cost.amount']) < 1e-9, 'the parts of a cost add up');
  }

  const attempts = spans.filter(span => span.name === 'messages attempt');
  assert.equal(attempts.length, calls + 1, 'the retried call has two attempts');
  assert.ok(attempts.every(span => span.scope.name === ours && span.scope.version));
  assert.ok(attempts.some(span => span.attributes['http.response.status_code'] === 529), 'the overload is visible');
  assert.ok(attempts.every(span => !('gen_ai.usage.input_tokens' in span.attributes)), 'usage is told once');
}

async function checkMetrics(httpPort, service) {
  const { metrics } = await ask(httpPort, '/api/metrics');
  const names = metrics.map(metric => metric.name ?? metric);
  assert.deepEqual(expectedMetrics.filter(name => !names.includes(name)), [], 'metrics that did not arrive');
  const { series } = await ask(httpPort, '/api/query/metrics', { name: 'costledger.cost' });
  const mine = series.filter(one => one.service === service);
  assert.ok(mine.length >= 2, 'cost is divided by what was paid for');
  assert.ok(mine.every(one => one.scope.name === ours && one.attributes['costledger.cost.component']));
  return names.length;
}

const example = findExample();
const [httpPort, grpcPort] = [await freePort(), await freePort()];
const receiver = await startReceiver(httpPort, grpcPort);
try {
  for (const [protocol, port] of [['http/protobuf', httpPort], ['grpc', grpcPort]]) {
    const service = `check-${protocol.replace('/', '-')}`;
    const calls = await runExample(example, service, protocol, port);
    const { traces } = await ask(httpPort, '/v1/traces');
    const spans = traces.flatMap(trace => trace.spans).filter(span => span.attributes['service.name'] === service);
    checkSpans(spans, calls);
    const metrics = await checkMetrics(httpPort, service);
    console.log(`${protocol}: ${spans.length} spans of ${calls} calls and ${metrics} metrics arrived`);
  }
} finally {
  receiver.kill();
}
