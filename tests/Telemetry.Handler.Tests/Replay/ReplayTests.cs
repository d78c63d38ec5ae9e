using System.Text;
using System.Text.RegularExpressions;
using CostLedger.Records;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Tests.Handler;
using Telemetry.Handler.Tests.Streaming;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Replay;

/// <summary>All recorded exchanges through the whole handler into a ledger: bytes, rows, figures, and nothing of what was said.</summary>
public sealed partial class ReplayTests(ITestOutputHelper output)
{
    private const int Seed = 20261121;
    private const int SnippetLength = 40;
    private const int SnippetsPerBody = 4;

    private static readonly string[] Places = ["recognise", "start", "receive", "note", "finish", "fail"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exchanges.jsonl.gz", false)]
    [InlineData("exchanges.jsonl.gz", true)]
    [InlineData("bedrock-converse.jsonl.gz", false)]
    [InlineData("bedrock-converse.jsonl.gz", true)]
    public async Task Every_exchange_passes_unchanged_and_leaves_its_row(string file, bool onlyMemory)
    {
        var random = new Random(Seed);
        var exchanges = RecordedExchange.Read(Path.Combine(SharedData.RequireRoot(), "recorded", file))
            .Where(exchange => !onlyMemory || exchange.IsEventStream).ToList();
        var failures = OwnFailuresOfCalls();
        var wrong = new List<string>();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var current = exchanges[0];
        using var inner = new TestHandler(_ => current.NewResponse(NewContent(current.ResponseBytes, random, onlyMemory)));
        await using var client = new ObservedClient(inner);

        foreach (var exchange in exchanges)
        {
            current = exchange;
            using var request = exchange.NewRequest();
            using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
            var bytes = await ReadInPiecesAsync(response, random);
            if (!bytes.AsSpan().SequenceEqual(exchange.ResponseBytes))
            {
                wrong.Add($"{exchange.Id}: the caller's bytes differ");
            }
        }

        Assert.Equal(failures, OwnFailuresOfCalls());
        Match(exchanges, client.Rows(), wrong, counts);
        await client.Ledger.DisposeAsync();
        wrong.AddRange(Said(exchanges, File.ReadAllBytes(client.LedgerPath), out var searched));
        counts["pieces of prompts and completions searched for in the ledger's bytes"] = searched;
        Assert.True(searched > (onlyMemory ? 0 : exchanges.Count));
        foreach (var (name, count) in counts)
        {
            output.WriteLine($"{count,6}  {name}");
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Take(40))}");
    }

    // The count is the process's; other tests provoke failures in other places.
    private static long OwnFailuresOfCalls() =>
        Places.Sum(OwnFailures.At);

    // Rows are in the order of the calls: ids begin with the start time, and calls within a microsecond do not happen here.
    private static void Match(List<RecordedExchange> exchanges, IReadOnlyList<CallRecord> rows, List<string> wrong, SortedDictionary<string, int> counts)
    {
        var next = 0;
        foreach (var exchange in exchanges)
        {
            var isOurs = global::Telemetry.Handler.Endpoints.MessagesEndpoint.Recognize(new HttpMethod(exchange.Text("method") ?? "POST"), exchange.Uri) is not null;
            var name = $"{exchange.Provider} {exchange.Endpoint} {(isOurs ? "recorded" : "passed through: no call of the Messages API")}";
            counts[name] = counts.GetValueOrDefault(name) + 1;
            if (!isOurs)
            {
                continue;
            }

            if (next >= rows.Count)
            {
                wrong.Add($"{exchange.Id}: no row");
                continue;
            }

            Compare(exchange, rows[next++], wrong);
        }

        if (next != rows.Count)
        {
            wrong.Add($"{rows.Count} rows for {next} calls");
        }
    }

    private static void Compare(RecordedExchange exchange, CallRecord row, List<string> wrong)
    {
        void Same(string what, object? expected, object? actual)
        {
            if (!Equals(expected, actual))
            {
                wrong.Add($"{exchange.Id} {exchange.Provider} {exchange.Endpoint} {what}: expected {expected ?? "null"}, was {actual ?? "null"}");
            }
        }

        Same("status", exchange.Status, row.HttpStatus);
        Same("bytes", (long)exchange.ResponseBytes.Length, row.Transfer.ResponseBytes);
        if (exchange.Status >= 400)
        {
            Same("outcome", CallOutcome.Error, row.Outcome);
            Same("basis", CostBasis.Unbilled, row.Cost.Basis);
            return;
        }

        if (exchange.IsConverse)
        {
            CompareConverse(exchange, row, Same);
            return;
        }

        if (!exchange.IsMessages || exchange.Usage("input_tokens") is null)
        {
            Same("counts of Bedrock's own", exchange.Provider is "bedrock" && exchange.IsMessages, row.Faults.Contains("usage_from_metrics", StringComparer.Ordinal));
            return;
        }

        Same("input", exchange.Usage("input_tokens"), row.Usage?.InputTokens);
        Same("read", exchange.Usage("cache_read_input_tokens"), row.Usage?.CacheReadInputTokens);
        Same("write", exchange.Usage("cache_creation_input_tokens"), row.Usage?.CacheCreationInputTokens);
        Same("5m", exchange.Usage("cache_creation", "ephemeral_5m_input_tokens"), row.Usage?.CacheCreation5mInputTokens);
        Same("1h", exchange.Usage("cache_creation", "ephemeral_1h_input_tokens"), row.Usage?.CacheCreation1hInputTokens);
        Same("thinking", exchange.Usage("output_tokens_details", "thinking_tokens"), row.Usage?.ThinkingTokens);
        Same("searches", exchange.Usage("server_tool_use", "web_search_requests"), row.Usage?.WebSearchRequests);
        Same("fetches", exchange.Usage("server_tool_use", "web_fetch_requests"), row.Usage?.WebFetchRequests);
        Same("tier", exchange.UsageText("service_tier"), row.Usage?.ServiceTier);
        Same("speed", exchange.UsageText("speed"), row.Usage?.Speed);
        Same("geo", exchange.UsageText("inference_geo"), row.Usage?.InferenceGeo);
        Same("iterations", exchange.Iterations, row.Usage?.Iterations.Count);
        if (row.Outcome is CallOutcome.Success or CallOutcome.Refused)
        {
            Same("output", exchange.Usage("output_tokens"), row.Usage?.OutputTokens);
            Same("model", exchange.Text("model"), row.ModelServed);
        }
    }

    private static void CompareConverse(RecordedExchange exchange, CallRecord row, Action<string, object?, object?> same)
    {
        same("input", exchange.Usage("inputTokens"), row.Usage?.InputTokens);
        same("output", exchange.Usage("outputTokens"), row.Usage?.OutputTokens);
        same("read", exchange.Usage("cacheReadInputTokens"), row.Usage?.CacheReadInputTokens);
        same("write", exchange.Usage("cacheWriteInputTokens"), row.Usage?.CacheCreationInputTokens);
        same("5m", exchange.CacheWrites("5m"), row.Usage?.CacheCreation5mInputTokens);
        same("1h", exchange.CacheWrites("1h"), row.Usage?.CacheCreation1hInputTokens);

        // What was read and written is no part of the input: the parts add up to the whole.
        same("total", exchange.Usage("totalTokens"), row.Usage?.TotalInputTokens + row.Usage?.OutputTokens);
        same("outcome", CallOutcome.Success, row.Outcome);
        same("end", exchange.IsEventStream ? StreamEnd.MessageStop : null, row.StreamEnd);
        same("faults", "", string.Join(',', row.Faults));
    }

    private static List<string> Said(List<RecordedExchange> exchanges, byte[] ledger, out int searched)
    {
        searched = 0;
        var said = new List<string>();
        foreach (var exchange in exchanges)
        {
            foreach (var snippet in Snippets(exchange.RequestBytes).Concat(Snippets(exchange.ResponseBytes)))
            {
                searched++;
                if (ledger.AsSpan().IndexOf(Encoding.UTF8.GetBytes(snippet)) >= 0)
                {
                    said.Add($"{exchange.Id}: the ledger holds \"{snippet}\"");
                }
            }
        }

        return said;
    }

    // Runs of words: what people and models say, not ids or field names.
    private static IEnumerable<string> Snippets(byte[] body) =>
        Words().Matches(Encoding.UTF8.GetString(body)).Take(SnippetsPerBody).Select(match => match.Value.Length > SnippetLength ? match.Value[..SnippetLength] : match.Value);

    private static HttpContent NewContent(byte[] bytes, Random random, bool onlyMemory) =>
        onlyMemory ? new MemoryOnlyContent(bytes, random.Next(1, 400)) : new StreamContent(new PiecesStream(bytes, random));

    private static async Task<byte[]> ReadInPiecesAsync(HttpResponseMessage response, Random random)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(Token);
        using var copy = new MemoryStream();
        var buffer = new byte[random.Next(1, 8192)];
        while (await stream.ReadAsync(buffer, Token) is var count and > 0)
        {
            copy.Write(buffer, 0, count);
        }

        return copy.ToArray();
    }

    [GeneratedRegex("[a-zA-Z]{2,}( [a-zA-Z,']{2,}){5,}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Words();

    private sealed class TestHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
