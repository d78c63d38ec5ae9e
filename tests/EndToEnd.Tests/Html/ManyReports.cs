using CostLedger;
using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Records.Tools;
using CostReport.Cli;
using CostReport.Cli.Arguments;
using CostReport.Cli.Commands;
using Xunit;

namespace EndToEnd.Tests.Html;

/// <summary>A ledger on which every report has something to tell, with names of every length, and each report's page.</summary>
public sealed class ManyReports : IAsyncLifetime
{
    private const int Calls = 240;
    private const int Turns = 24;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("many-reports-");

    private static readonly string[] s_reasons = ["system_changed", "concurrent_first_write", "ttl_expired_5m"];
    private static readonly string[] s_names = ["desk", "support-4711", "nightly batch of the catalogue team", "8c1f0d8e-3c1b-4f0e-9d3a-5b0c2f9b7a11", new('n', 90)];
    private static readonly string[] s_models =
    [
        "claude-opus-5", "claude-sonnet-5", "claude-haiku-4-5-20251001", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-opus-5", "claude-sonnet-5",
    ];

    private string LedgerFile => Path.Combine(_folder.FullName, "ledger.db");

    public async ValueTask InitializeAsync()
    {
        await using var ledger = SqliteLedger.Open(LedgerFile);
        for (var i = 0; i < Calls; i++)
        {
            var call = Call(i, Pages.Now.AddDays(-7 * (Calls - i) / (double)(Calls + 1)));
            await ledger.WriteAsync(call, default);
            if (call.Outcome == CallOutcome.Error && i % 2 == 1)
            {
                await ledger.WriteAsync(Call(i + (Calls * 29), call.StartedAt.AddSeconds(9)) with { FirstAttemptId = call.Id, Attempt = 2 }, default);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The page that a command writes.</summary>
    public async Task<string> PageAsync(string command)
    {
        var file = Path.Combine(_folder.FullName, "page.html");
        await using var errors = new StringWriter();
        using var output = new MemoryStream();
        var world = ThisProcess.Surroundings() with { Output = output, Errors = errors, Time = new SetTime(Pages.Now) };

        var code = Application.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--ledger", LedgerFile, "--tz", "UTC", "--html", file], world);

        Assert.Equal("", errors.ToString());
        Assert.Equal(ExitCode.Fine, code);
        return await File.ReadAllTextAsync(file);
    }

    private static CallRecord Call(int i, DateTimeOffset at)
    {
        var model = s_models[i % s_models.Length];
        var call = Pages.Call(i, at);
        var isFine = call.Outcome == CallOutcome.Success;
        var tokens = call.Usage?.TotalInputTokens ?? 0;
        call = call with
        {
            ModelRequested = model,
            ModelServed = isFine ? model : null,
            Host = "api.anthropic.com",
            LimitScope = "9f86d081884c7d65",
            RequestId = $"req_011CZ{i:D19}",
            ErrorType = isFine ? null : i % 2 == 0 ? "overloaded_error" : "invalid_request_error",
            HttpStatus = isFine ? 200 : i % 2 == 0 ? 529 : 400,
            Labels = new CallLabels { Session = $"session-{i % 9}", Conversation = s_names[i / Turns % s_names.Length] },
            RateLimits = [new RateLimit("input-tokens", 2_000_000, 1_900_000 - (i * 7_000), at.AddMinutes(1)), new RateLimit("requests", 4_000, 3_900 - i, at.AddSeconds(2))],
            ToolRounds = isFine && i % 3 == 0 ? [Round(i)] : [],
            CacheBreak = isFine && i % 7 == 0 ? Lost(i) : null,
            Estimate = isFine ? Estimate(tokens) : null,
            Prompt = Prompt(i),
        };
        return call with { Cost = PriceBook.Default.Price(PricingRequest.From(call)).Cost };
    }

    private static ToolRound Round(int i) => new()
    {
        Key = (UInt128)(i + 1),
        Tool = i % 2 == 0 ? "find_order" : "mcp__warehouse__list_every_open_order",
        Arguments = (UInt128)i,
        Result = (UInt128)i,
        IsError = i % 4 == 0,
        UseTokens = 40,
        ResultTokens = 3_000,
    };

    private static CacheBreak Lost(int i) => new()
    {
        Reason = s_reasons[i % s_reasons.Length],
        Level = PromptLevel.Tools,
        Item = 0,
        Segment = i % 2 == 0 ? "tools[0] \"mcp__warehouse__list_every_open_order\" description" : "system[0]",
        AvailableTokens = 20_000,
        TokensLost = 19_000,
        CostLost = new NanoUsd(109_250_000),
        Idle = TimeSpan.FromMinutes(6.5),
    };

    private static TokenEstimate Estimate(long tokens) => new()
    {
        InputTokens = tokens + 120,
        InputTokensLow = tokens - 400,
        InputTokensHigh = tokens + 600,
        ColdInputTokens = tokens - 800,
        Tokenizer = "o200k_base",
        Sources = new InputBySource { Tools = tokens / 4, System = tokens / 10, Messages = tokens / 5, ToolResults = tokens / 4, Images = tokens / 20, Overhead = 500 },
    };

    // A prompt of two blocks before the turns of a conversation, each of which adds one.
    private static PromptPath Prompt(int i)
    {
        var (thread, turn) = (i % Calls / Turns, i % Turns);
        var nodes = Enumerable.Range(0, turn + 3).Select(at => new PromptNode
        {
            Chain = Chain(thread, at),
            Parent = at == 0 ? null : Chain(thread, at - 1),
            Segment = Chain(thread, at) + 1,
            Level = at switch { 0 => PromptLevel.Tools, 1 => PromptLevel.System, _ => PromptLevel.Messages },
            Kind = at == 0 ? PromptKind.Tool : PromptKind.Text,
            Role = at switch { 0 => PromptRole.None, 1 => PromptRole.System, _ => at % 2 == 0 ? PromptRole.User : PromptRole.Assistant },
            Message = Math.Max(-1, at - 2),
            Tokens = 1_500,
            ToolName = at == 0 ? "find_order" : null,
        }).ToList();
        return new PromptPath { Leaf = nodes[^1].Chain, Depth = nodes.Count, Thread = (UInt128)(thread + 1), NewNodes = nodes };
    }

    private static UInt128 Chain(int thread, int at) => (UInt128)((thread * 1_000) + at + 1) << 64;

    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
