using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostLedger.Tests.Querying.Caching;

/// <summary>Calls with prompts and prices for tests about caching: a block is told by a number and has a thousand tokens.</summary>
internal static class CacheTraffics
{
    public const string Model = "claude-opus-5";
    public const int BlockTokens = 1000;

    public static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A call whose prompt is not known.</summary>
    public static CallRecord Bare(double minute, TokenUsage usage, string model = Model) => Priced(new CallRecord
    {
        Id = CallId.Create(Start.AddMinutes(minute), (UInt128)(minute * 100_000)),
        Provider = Provider.Anthropic,
        Operation = Operation.Messages,
        ModelRequested = model,
        ModelServed = model,
        HttpStatus = 200,
        Outcome = CallOutcome.Success,
        Usage = usage,
        Cost = new CallCost { Basis = CostBasis.Unpriced },
        Timing = new CallTiming { FirstContent = TimeSpan.FromSeconds(1), Total = TimeSpan.FromSeconds(4) },
    });

    /// <summary>A call: its first block is a tool, its second the system prompt, all others are messages.</summary>
    public static CallRecord Call(double minute, IReadOnlyList<int> blocks, TokenUsage usage, params PromptBreakpoint[] breakpoints) =>
        With(Bare(minute, usage), blocks, breakpoints);

    /// <summary>Puts a prompt into a call.</summary>
    public static CallRecord With(CallRecord call, IReadOnlyList<int> blocks, IReadOnlyList<PromptBreakpoint> breakpoints, int blockTokens = BlockTokens, int tools = 1)
    {
        var nodes = new List<PromptNode>();
        UInt128? parent = null;
        foreach (var block in blocks)
        {
            var chain = (((parent ?? 0) * 1_000_003) + (UInt128)block + 1) * UInt128.Parse("47026247687942121848144207491837523525", null);
            nodes.Add(new PromptNode
            {
                Chain = chain,
                Parent = parent,
                Segment = (UInt128)block + 1,
                Level = nodes.Count < tools ? PromptLevel.Tools : nodes.Count == tools ? PromptLevel.System : PromptLevel.Messages,
                Kind = nodes.Count < tools ? PromptKind.Tool : PromptKind.Text,
                Message = nodes.Count - tools - 1,
                Bytes = 4 * blockTokens,
                TextBytes = 4 * blockTokens,
                Tokens = blockTokens,
                ToolName = nodes.Count < tools ? $"tool_{block}" : null,
            });
            parent = chain;
        }

        return call with
        {
            Prompt = new PromptPath
            {
                Leaf = nodes[^1].Chain,
                Depth = nodes.Count,
                Thread = blocks.Count > 2 ? (UInt128)blocks[2] + 77 : null,
                Breakpoints = breakpoints,
                Scope = "workspace",
                NewNodes = nodes,
            },
        };
    }

    /// <summary>A call that lost something.</summary>
    public static CallRecord Lost(CallRecord call, string reason, long tokens, long nanoDollars, string segment = "system[0]", bool isMissed = false) => call with
    {
        CacheBreak = new CacheBreak
        {
            Reason = reason,
            IsMissed = isMissed,
            Level = PromptLevel.System,
            Item = 0,
            Segment = segment,
            ByteAt = 1808,
            ByteCount = 5120,
            AvailableTokens = tokens,
            TokensLost = tokens,
            CostLost = nanoDollars < 0 ? null : new NanoUsd(nanoDollars),
        },
    };

    public static TokenUsage Usage(long input = 0, long read = 0, long written5m = 0, long written1h = 0) => new()
    {
        InputTokens = input,
        OutputTokens = 100,
        CacheReadInputTokens = read,
        CacheCreationInputTokens = written5m + written1h,
        CacheCreation5mInputTokens = written5m,
        CacheCreation1hInputTokens = written1h,
    };

    public static PromptBreakpoint Five(int depth) => new(depth, PromptLifetime.FiveMinutes);

    public static PromptBreakpoint Hour(int depth) => new(depth, PromptLifetime.OneHour);

    private static CallRecord Priced(CallRecord call) => call with { Cost = PriceBook.Default.Price(PricingRequest.From(call)).Cost };
}
