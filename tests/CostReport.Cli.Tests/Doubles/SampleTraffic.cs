using System.Globalization;
using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>Conversations whose usage follows from arithmetic: a turn reads what the one before had in the cache, if that still lives.</summary>
internal static class SampleTraffic
{
    /// <summary>Tokens of the first prompt.</summary>
    public const int FirstTokens = 20_000;

    /// <summary>Tokens that each turn adds.</summary>
    public const int TurnTokens = 1_000;

    /// <summary>Tokens of each answer.</summary>
    public const int AnswerTokens = 400;

    private const int Tail = 3;

    /// <summary>A conversation.</summary>
    /// <param name="number">Its number; other numbers share nothing.</param>
    /// <param name="gaps">The time between one turn and the next.</param>
    /// <param name="lifetime">The lifetime that is asked for.</param>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<CallRecord> Conversation(
        int number, IReadOnlyList<TimeSpan> gaps, PromptLifetime lifetime = PromptLifetime.FiveMinutes, string model = "claude-sonnet-5")
    {
        var calls = new List<CallRecord>();
        var at = Sample.Now.AddHours(-20).AddSeconds(number);
        for (var turn = 0; turn <= gaps.Count; turn++)
        {
            var gap = turn == 0 ? TimeSpan.MaxValue : gaps[turn - 1];
            at += turn == 0 ? TimeSpan.Zero : gap;
            var lives = lifetime == PromptLifetime.OneHour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);
            var end = FirstTokens + (turn * TurnTokens);
            var read = gap < lives ? end - TurnTokens : 0;
            calls.Add(Priced(Sample.Call(at, (number * 100) + turn, model) with
            {
                Usage = new TokenUsage
                {
                    InputTokens = Tail,
                    OutputTokens = AnswerTokens,
                    CacheReadInputTokens = read,
                    CacheCreationInputTokens = end - read,
                    CacheCreation5mInputTokens = lifetime == PromptLifetime.FiveMinutes ? end - read : 0,
                    CacheCreation1hInputTokens = lifetime == PromptLifetime.OneHour ? end - read : 0,
                    ServiceTier = "standard",
                },
                Prompt = PathOf(number, turn, lifetime),
            }));
        }

        return calls;
    }

    /// <summary>The call, priced by the list that the product ships with.</summary>
    public static CallRecord Priced(CallRecord call) => call with { Cost = PriceBook.Default.Price(PricingRequest.From(call)).Cost };

    /// <summary>Three conversations of two models with pauses of all kinds, one without a prompt, and what went wrong.</summary>
    public static IReadOnlyList<CallRecord> Some()
    {
        var often = Conversation(1, [.. Enumerable.Repeat(TimeSpan.FromMinutes(1), 12)]);
        var seldom = Conversation(2, [.. Enumerable.Repeat(TimeSpan.FromMinutes(6), 12)]);
        var named = Conversation(3, [.. Enumerable.Range(1, 8).Select(i => TimeSpan.FromMinutes(i * 3))], model: "claude-opus-4-6")
            .Select(call => call with { Labels = new CallLabels { Conversation = "support-4711", Session = "shop" } });
        var bare = Conversation(4, [TimeSpan.FromMinutes(7)], model: "claude-haiku-4-5-20251001").Select(call => call with { Prompt = null });
        var told = Sample.Call(Sample.Now.AddHours(-5), 900, "claude-sonnet-5") with { Usage = new TokenUsage { InputTokens = 900, OutputTokens = 90 }, Prompt = null };
        var searched = Conversation(5, [])[0];
        searched = Priced(searched with { Usage = searched.Usage! with { WebSearchRequests = 2 } });
        return [.. often, .. seldom, .. named, .. bare, Priced(told), searched];
    }

    private static PromptPath PathOf(int number, int turn, PromptLifetime lifetime)
    {
        var depth = (2 * turn) + 2;
        return new PromptPath
        {
            Leaf = Hash(number, depth),
            Depth = depth,
            Thread = Hash(number, 0),
            Breakpoints = [new PromptBreakpoint(depth, lifetime)],
            NewNodes = [.. Enumerable.Range(turn == 0 ? 1 : depth - 1, 2).Select(at => Node(number, at))],
        };
    }

    // The system prompt, then a message a block; the model says little.
    private static PromptNode Node(int number, int at) => new()
    {
        Chain = Hash(number, at),
        Parent = at == 1 ? null : Hash(number, at - 1),
        Segment = Hash(-number, at),
        Level = at == 1 ? PromptLevel.System : PromptLevel.Messages,
        Kind = PromptKind.Text,
        Role = at % 2 == 0 ? PromptRole.User : PromptRole.Assistant,
        Message = at - 2,
        Bytes = 4_000,
        TextBytes = 4_000,
        Tokens = at switch { 1 => 12_000, 2 => 4_000, _ => 450 },
    };

    private static UInt128 Hash(int number, int at) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}.{at}"))));
}
