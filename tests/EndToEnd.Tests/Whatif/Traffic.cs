using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CostReport.Cli.Arguments;
using CostReport.Cli.Commands;
using CostReport.Cli.Output;
using CostReport.Cli.Sources;
using CostReport.Cli.World;
using EndToEnd.Tests.Simulator;
using MessagesSimulator;
using MessagesSimulator.Replies;
using Telemetry.Handler;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Whatif;

/// <summary>
/// Conversations that go on side by side, with pauses of seconds to half an hour, sent through real HTTP on a clock that stands
/// still between them. The same seed gives the same conversations, whatever they ask of the cache.
/// </summary>
internal sealed class Traffic : IDisposable
{
    private const int Conversations = 12;
    private const int Turns = 9;
    private const int WordsOfTools = 400;
    private const int WordsOfSystem = 2_400;
    private static readonly string[] Vocabulary =
        ["order", "the", "customer", "of", "refund", "delivery", "was", "late", "and", "we", "parcel", "store", "returns", "an", "invoice", "is", "paid", "within", "weeks", "policy"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-whatif-");

    private Traffic()
    {
    }

    public string Ledger => Path.Combine(_folder.FullName, "ledger.db");

    /// <summary>Sends the conversations of a seed.</summary>
    public static async Task<Traffic> SendAsync(int seed, Cached cached)
    {
        var traffic = new Traffic();
        var clock = new StillClock();
        await using var server = await MessagesServer.StartAsync(new MessagesServerOptions { TimeProvider = clock, KeepSentBodies = false });
        await using (var ledger = PatientLedger.Open(traffic.Ledger))
        {
            using var handler = new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = ledger, TimeProvider = clock })
            {
                InnerHandler = new SocketsHttpHandler(),
            };
            using var client = new HttpClient(handler) { BaseAddress = server.BaseUrl };
            foreach (var (at, conversation, turn) in Moments(seed))
            {
                clock.Advance(at - clock.GetUtcNow());
                server.Script.Next(Reply.Text(Text(seed, conversation, (2 * turn) + 1, 60)));
                await SendAsync(client, Request(seed, conversation, turn, cached), cached.Betas?.Invoke(turn));
            }
        }

        return traffic;
    }

    /// <summary>What the program answers over the ledger, as JSON.</summary>
    public JsonElement Report(params string[] words)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        var code = Application.Run([.. words, "--format", "json"], new Surroundings
        {
            Output = output,
            Errors = errors,
            Time = new StillClock(),
            Version = "1.0.0",
            Screen = () => new Screen(80, HasColor: false, Ascii: false),
            OpenLedger = _ => new LedgerSource(CostLedger.Querying.LedgerReader.Open(Ledger)),
            Prices = new BuiltInPrices(),
        });
        Assert.Equal("", errors.ToString());
        Assert.Equal(ExitCode.Fine, code);
        return JsonElement.Parse(output.ToArray());
    }

    /// <summary>What all calls cost, in dollars.</summary>
    public decimal Cost()
    {
        using var reader = CostLedger.Querying.LedgerReader.Open(Ledger);
        var totals = reader.Usage(new(), [], TimeZoneInfo.Utc).Totals;
        Assert.Equal((Conversations * Turns, 0), (totals.Attempts, totals.Errors));
        return totals.Cost.Total.Value / (decimal)CostLedger.Records.NanoUsd.PerDollar;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Quick turns, breaks of some minutes, and long ones, from conversation to conversation.
    private static IEnumerable<(DateTimeOffset At, int Conversation, int Turn)> Moments(int seed)
    {
        var chance = new Random(seed);
        var start = new StillClock().GetUtcNow();
        var moments = new List<(DateTimeOffset, int, int)>();
        for (var conversation = 0; conversation < Conversations; conversation++)
        {
            var at = start.AddMinutes(chance.Next(0, 180)).AddSeconds(conversation);
            for (var turn = 0; turn < Turns; turn++)
            {
                moments.Add((at, conversation, turn));
                at += chance.Next(4) switch
                {
                    0 => TimeSpan.FromSeconds(chance.Next(20, 120)),
                    1 => TimeSpan.FromSeconds(chance.Next(120, 280)),
                    2 => TimeSpan.FromSeconds(chance.Next(310, 1_000)),
                    _ => TimeSpan.FromSeconds(chance.Next(1_000, 5_000)),
                };
            }
        }

        return moments.Order();
    }

    private static JsonObject Request(int seed, int conversation, int turn, Cached cached)
    {
        var messages = new JsonArray();
        for (var i = 0; i <= 2 * turn; i++)
        {
            var block = Block(Text(seed, conversation, i, i == 0 ? 900 : 60), i == 2 * turn && cached.Last ? cached.Ttl : null);
            messages.Add(new JsonObject { ["role"] = i % 2 == 0 ? "user" : "assistant", ["content"] = new JsonArray(block) });
        }

        var request = new JsonObject
        {
            ["model"] = cached.Model,
            ["max_tokens"] = 400,
            ["tools"] = new JsonArray(new JsonObject { ["name"] = "look_up", ["description"] = Text(seed, -2, 0, WordsOfTools), ["input_schema"] = new JsonObject { ["type"] = "object" } }),
            ["system"] = new JsonArray(Block(Text(seed, -1, 0, WordsOfSystem), cached.System ? cached.Ttl : null)),
            ["messages"] = messages,
        };
        cached.Settings?.Invoke(request, turn);
        if (cached.Automatic)
        {
            request["cache_control"] = Control(cached.Ttl);
        }

        return request;
    }

    private static JsonObject Block(string text, string? ttl)
    {
        var block = new JsonObject { ["type"] = "text", ["text"] = text };
        if (ttl is not null)
        {
            block["cache_control"] = Control(ttl);
        }

        return block;
    }

    private static JsonObject Control(string ttl) => new() { ["type"] = "ephemeral", ["ttl"] = ttl };

    private static string Text(int seed, int conversation, int part, int words)
    {
        var chance = new Random(HashOf(seed, conversation, part));
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => Vocabulary[chance.Next(Vocabulary.Length)]));
    }

    private static int HashOf(int seed, int conversation, int part) => unchecked((((seed * 397) + conversation) * 397) + part);

    private static async Task SendAsync(HttpClient client, JsonObject request, string? betas)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = new StringContent(request.ToJsonString()) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add("x-api-key", "key");
        message.Headers.Add("anthropic-version", "2023-06-01");
        if (betas is not null)
        {
            message.Headers.Add("anthropic-beta", betas);
        }

        using var response = await client.SendAsync(message, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What the requests ask of the cache.</summary>
    internal sealed record Cached(bool System, bool Last, string Ttl = "5m")
    {
        public bool Automatic { get; init; }

        /// <summary>Changes the request of a turn beside its text.</summary>
        public Action<JsonObject, int>? Settings { get; init; }

        /// <summary>The beta features of a turn.</summary>
        public Func<int, string?>? Betas { get; init; }

        public string Model { get; init; } = "claude-sonnet-5";
    }
}
