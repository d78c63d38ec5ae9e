using System.Text;
using System.Text.Json.Nodes;
using CostLedger;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Records;
using MessagesSimulator;
using MessagesSimulator.Billing;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;
using Telemetry.Handler;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Endings;

/// <summary>However an answer ends, what the server billed lies between the bounds of its row.</summary>
[Collection(ObservedCalls.Name)]
public sealed class BoundTests : IAsyncLifetime
{
    private static readonly string[] Models = ["claude-opus-5", "claude-sonnet-4-6", "claude-haiku-4-5-20251001", "claude-opus-4-5-20251101"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-endings-");
    private readonly HashSet<CallId> _known = [];
    private MessagesServer _server = null!;
    private SqliteLedger _ledger = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    public async ValueTask InitializeAsync()
    {
        _server = await MessagesServer.StartAsync();
        _ledger = PatientLedger.Open(LedgerPath);
        _client = new HttpClient(new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = _ledger })
        {
            InnerHandler = new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero },
        });
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_billed_lies_between_the_bounds_wherever_a_stream_is_cut()
    {
        var random = new Random(20261101);
        for (var i = 0; i < 200; i++)
        {
            var seen = await CutAsync(random, stream: true);
            await CheckAsync(i, seen);
        }

        var rows = Rows();

        // How much of a reset stream arrives is up to the network, so the number is not the same each time.
        Assert.InRange(rows.Count(row => row.Cost.Basis == CostBasis.Estimated), 80, 190);
        Assert.Equal(4, rows.Select(row => row.Outcome).Distinct().Count());
    }

    [Fact]
    public async Task What_was_billed_lies_between_the_bounds_wherever_a_body_is_cut()
    {
        var random = new Random(20261102);
        for (var i = 0; i < 60; i++)
        {
            var seen = await CutAsync(random, stream: false);
            await CheckAsync(i, seen);
        }
    }

    private async Task CheckAsync(int index, byte[] seen)
    {
        await _server.WhenIdleAsync();
        var request = _server.Requests[index];
        var rows = Rows();
        var row = Assert.Single(rows, r => _known.Add(r.Id));
        var billed = request.MessageId is { } id ? _server.Bill.Find(id) : null;
        var cost = TrueCost(row, billed);
        var about = $"call {index}: {row.Outcome}, {row.StreamEnd}, {row.Cost.Basis}, {row.Usage}, {row.Estimate}, billed {billed?.Usage}";

        Assert.Equal((index + 1, index + 1), (rows.Count, _server.Requests.Count));
        Assert.True(request.SentBody.Span.StartsWith(seen), about);
        Assert.True(row.Cost.Basis is CostBasis.Measured or CostBasis.Estimated, about);
        if (row.Cost.Basis == CostBasis.Measured)
        {
            Assert.True(row.Cost.Total == cost, about);
        }
        else
        {
            Assert.True(row.Cost.LowerBound <= cost && cost <= row.Cost.UpperBound, $"{cost} is not in {row.Cost.LowerBound} to {row.Cost.UpperBound}; {about}");
        }
    }

    private async Task<byte[]> CutAsync(Random random, bool stream)
    {
        var reply = NewReply(random);
        var events = random.Next(14);
        Fault?[] ends = [null, Fault.EndEarly(events), Fault.ErrorEvent(stream ? events : 1), Fault.Reset(events), null];
        var end = random.Next(ends.Length);
        var fault = ends[end];
        _server.Script.Next(new ScriptStep(Reply: reply, Fault: !stream && fault?.Kind == FaultKind.ErrorEvent ? Fault.EndEarly(1) : fault));
        using var request = NewRequest(random, stream);
        var seen = new MemoryStream();
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
            var left = end == ends.Length - 1 ? random.Next(4_000) : int.MaxValue;
            var buffer = new byte[random.Next(1, 600)];
            while (left > 0 && await body.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), Cancellation) is > 0 and var read)
            {
                seen.Write(buffer, 0, read);
                left -= read;
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException && fault?.Kind == FaultKind.Reset)
        {
            // The connection was reset, and the caller sees it.
        }

        return seen.ToArray();
    }

    private static Reply NewReply(Random random)
    {
        var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 120)).Select(_ => new string((char)('a' + random.Next(26)), random.Next(2, 9))));
        return random.Next(3) switch
        {
            0 => Reply.ToolUse("look_up", new JsonObject { ["question"] = text }.ToJsonString()),
            1 => new Reply { Blocks = [new(ReplyBlockKind.Text, text), new(ReplyBlockKind.Text, text)] },
            _ => Reply.Text(text),
        };
    }

    private HttpRequestMessage NewRequest(Random random, bool stream)
    {
        var body = new JsonObject
        {
            ["model"] = Models[random.Next(Models.Length)],
            ["max_tokens"] = random.Next(50, 2_000),
            ["stream"] = stream,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = string.Join(' ', Enumerable.Repeat("why", random.Next(1, 200))) }),
            ["tools"] = new JsonArray(new JsonObject { ["name"] = "look_up", ["input_schema"] = new JsonObject { ["type"] = "object" } }),
        };
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.BaseUrl, "/v1/messages"))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-api-key", "sk-ant-test");
        request.Headers.Add("anthropic-version", "2023-06-01");
        return request;
    }

    // What is no message on the bill cost nothing.
    private static NanoUsd TrueCost(CallRecord row, BillLine? line) => line is null ? NanoUsd.Zero : PriceBook.Default.Price(new PricingRequest
    {
        Provider = row.Provider,
        Operation = row.Operation,
        Model = line.Model,
        At = row.StartedAt,
        Outcome = CallOutcome.Success,
        HttpStatus = 200,
        Usage = new TokenUsage
        {
            InputTokens = line.Usage.InputTokens,
            CacheReadInputTokens = line.Usage.CacheReadInputTokens,
            CacheCreation5mInputTokens = line.Usage.CacheCreation5mInputTokens,
            CacheCreation1hInputTokens = line.Usage.CacheCreation1hInputTokens,
            OutputTokens = line.Usage.OutputTokens,
        },
    }).Cost.Total!.Value;

    private List<CallRecord> Rows()
    {
        using var reader = LedgerReader.Open(LedgerPath);
        return [.. reader.Calls(new CallFilter())];
    }
}
