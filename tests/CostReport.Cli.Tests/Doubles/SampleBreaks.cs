using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>A week of conversations whose cache breaks now and then, priced by the built-in list.</summary>
internal static class SampleBreaks
{
    private const int Block = 1_500;

    /// <summary>The calls.</summary>
    public static IReadOnlyList<CallRecord> All()
    {
        var calls = new List<CallRecord>();
        for (var i = 0; i < 60; i++)
        {
            calls.Add(Agent(i));
        }

        for (var i = 0; i < 30; i++)
        {
            calls.Add(Unmarked(i));
        }

        calls.Add(Call(8_500, 900, "claude-next", new TokenUsage { InputTokens = 4_000, OutputTokens = 10 }));
        calls.Add(Call(8_600, 901, "claude-opus-5", new TokenUsage { InputTokens = 700, OutputTokens = 10 }));
        return [.. calls.OrderBy(c => c.Id)];
    }

    /// <summary>One call that a hostile application made.</summary>
    public static CallRecord Hostile() => Lost(
        Call(10, 1, "claude-opus-5", Usage(0, 0, 9_000)) with { Labels = new CallLabels { Conversation = "evil\e[2J\u202Ename\n|x|" } },
        "tools_changed", "tools[0] \"\e]0;pwned\a<script>\u202E\" description", 9_000);

    // Turns of a conversation: every fifth finds another system prompt, every twelfth comes too late, once the provider forgot.
    private static CallRecord Agent(int turn)
    {
        var read = 12_000 + (400L * (turn % 12));
        var (reason, place) = turn switch
        {
            17 => ("provider_evicted", "messages[4].content[0]"),
            _ when turn % 12 == 11 => ("ttl_expired_5m", "tools[0] \"search\""),
            _ when turn % 5 == 4 => ("system_changed", "system[0]"),
            33 => ("concurrent_first_write", "system[0]"),
            _ => ("", ""),
        };
        var isLost = reason.Length > 0;
        var call = Call(6 * turn, 100 + turn, turn % 3 == 0 ? "claude-haiku-4-5-20251001" : "claude-opus-5", isLost ? Usage(0, 300, read) : Usage(read, 300, 400)) with
        {
            Labels = new CallLabels { Session = turn < 36 ? "shop" : "desk", Conversation = turn % 4 == 0 ? null : "support-4711" },
            Estimate = new TokenEstimate { InputTokens = read + 700, ExpectedCacheReadTokens = turn % 7 == 0 ? read + 900 : read },
            CacheVerdict = turn % 6 == 0 ? new CacheVerdict(reason == "system_changed" ? "system_changed" : "none", null) : turn == 29 ? new CacheVerdict("messages_changed", 600) : null,
        };
        call = WithPrompt(call, 1_000 + (turn / 12), 8, marked: true);
        return isLost ? Lost(call, reason, place, read, turn == 33) : call;
    }

    private static CallRecord Unmarked(int turn) =>
        WithPrompt(Call(600 + turn, 200 + turn, "claude-sonnet-5", new TokenUsage { InputTokens = 6L * Block, OutputTokens = 40, CacheReadInputTokens = 0, CacheCreationInputTokens = 0 }), 50, 6, marked: false);

    private static TokenUsage Usage(long read, long input, long written) => new()
    {
        InputTokens = input,
        OutputTokens = 250,
        CacheReadInputTokens = read,
        CacheCreationInputTokens = written,
        CacheCreation5mInputTokens = written,
        CacheCreation1hInputTokens = 0,
    };

    private static CallRecord Lost(CallRecord call, string reason, string segment, long tokens, bool isMissed = false) => call with
    {
        CacheBreak = new CacheBreak
        {
            Reason = reason,
            IsMissed = isMissed,
            Level = segment.StartsWith("tools", StringComparison.Ordinal) ? PromptLevel.Tools : segment.StartsWith("system", StringComparison.Ordinal) ? PromptLevel.System : PromptLevel.Messages,
            Item = 0,
            Segment = segment,
            ByteAt = reason == "system_changed" ? 1_808 : null,
            ByteCount = reason == "system_changed" ? 5_120 : null,
            ComparedWith = CallId.Create(call.StartedAt.AddMinutes(-6), 4),
            AvailableTokens = tokens + 500,
            TokensLost = tokens,
            CostLost = new NanoUsd(tokens * 5_750),
            Idle = TimeSpan.FromMinutes(6.5),
        },
    };

    private static CallRecord Call(int minute, int seed, string model, TokenUsage usage)
    {
        var call = Sample.Call(Sample.Now.AddDays(-6).AddMinutes(minute), seed, model) with { Usage = usage };
        return call with { Cost = PriceBook.Default.Price(PricingRequest.From(call)).Cost };
    }

    private static CallRecord WithPrompt(CallRecord call, int first, int blocks, bool marked)
    {
        var nodes = new List<PromptNode>();
        UInt128? parent = null;
        for (var i = 0; i < blocks; i++)
        {
            var chain = (((UInt128)first << 32) + (UInt128)i + 1) * UInt128.Parse("47026247687942121848144207491837523525", null);
            nodes.Add(new PromptNode
            {
                Chain = chain,
                Parent = parent,
                Segment = (UInt128)i + 1,
                Level = i switch { 0 => PromptLevel.Tools, 1 => PromptLevel.System, _ => PromptLevel.Messages },
                Kind = i == 0 ? PromptKind.Tool : PromptKind.Text,
                Tokens = Block,
                ToolName = i == 0 ? "search" : null,
            });
            parent = chain;
        }

        return call with
        {
            Prompt = new PromptPath
            {
                Leaf = nodes[^1].Chain,
                Depth = blocks,
                Thread = (UInt128)first,
                Breakpoints = marked ? [new PromptBreakpoint(blocks, PromptLifetime.FiveMinutes)] : [],
                NewNodes = nodes,
            },
        };
    }
}
