using System.Reflection;
using CostLedger.Pricing;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing;

/// <summary>Laws that hold for every call, on thousands of made-up ones; and the edges of rounding and of size.</summary>
public sealed class ExactMoneyTests
{
    private const int Samples = 3_000;
    private const int Seed = 20261121;

    private static readonly string[] Models = [.. PriceBook.Default.Rows.Select(row => row.Model).Distinct(StringComparer.Ordinal)];

    [Theory]
    // 1 token at 0.0005 dollars per million is half a nano-dollar, 3 are one and a half.
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 2)]
    [InlineData(7, 4)]
    public void Half_a_nano_dollar_goes_to_the_even_side(long tokens, long nanoUsd)
    {
        var book = SmallBook.With("\"input\": 3, \"output\": 15", "\"input\": 0.0005, \"output\": 15");

        var cost = book.Price(Calls.Call("claude-test-1", Calls.Tokens(input: tokens))).Cost;

        Assert.Equal(new NanoUsd(nanoUsd), cost.ByClass!.Value.Input);
    }

    [Fact]
    public void All_factors_are_multiplied_before_anything_is_rounded()
    {
        // Half a nano-dollar, in the US 0.55 of one: rounded first, it would be zero.
        var book = SmallBook.With("\"input\": 3, \"output\": 15", "\"input\": 0.0005, \"output\": 15");
        var usage = Calls.Tokens(input: 1) with { InferenceGeo = "us" };

        var breakdown = book.Price(Calls.Call("claude-test-1", usage));

        Assert.Equal(0.55m, Assert.Single(breakdown.Terms).ExactNanoUsd);
        Assert.Equal(new NanoUsd(1), breakdown.Cost.Total);
    }

    [Fact]
    public void The_smallest_price_of_all_is_exact()
    {
        // Haiku 5.5 on a regional profile in a batch: 0.0055 dollars per million reads, 5.5 nano-dollars a token.
        var call = Calls.Call("us.anthropic.claude-haiku-5-5", Calls.Tokens(read: 1) with { ServiceTier = "batch" }) with { Provider = Provider.Bedrock };

        var breakdown = Calls.Price(call);

        Assert.Equal(5.5m, breakdown.Terms[0].ExactNanoUsd);
        Assert.Equal(new NanoUsd(6), breakdown.Cost.Total);
    }

    [Fact]
    public void Terms_add_up_to_their_class_before_rounding() => ForMany((request, breakdown) =>
    {
        var cost = breakdown.Cost.ByClass!.Value;
        foreach (var (name, amount) in Named(cost))
        {
            var terms = breakdown.Terms.Where(term => string.Equals(term.Class, name, StringComparison.Ordinal)).ToList();
            Assert.All(terms, term => Assert.Equal(Exact(term), term.ExactNanoUsd));
            Assert.Equal(decimal.Round(terms.Sum(term => term.ExactNanoUsd), MidpointRounding.ToEven), amount.Value);
        }

        Assert.Equal(Named(cost).Sum(pair => pair.Amount.Value), breakdown.Cost.Total!.Value.Value);
    });

    [Fact]
    public void More_tokens_never_cost_less() => ForMany((request, breakdown) =>
    {
        foreach (var more in More(request.Usage!))
        {
            Assert.True(Calls.Price(request with { Usage = more }).Cost.Total >= breakdown.Cost.Total);
        }
    });

    [Fact]
    public void Ten_times_the_tokens_cost_ten_times_as_much() => ForMany((request, breakdown) =>
    {
        var tenfold = Calls.Price(request with { Usage = Scale(request.Usage!, 10) });
        if (tenfold.Modifiers.SequenceEqual(breakdown.Modifiers, StringComparer.Ordinal))
        {
            Assert.Equal(10 * breakdown.Terms.Sum(term => term.ExactNanoUsd), tenfold.Terms.Sum(term => term.ExactNanoUsd));
        }
    });

    [Fact]
    public void Splitting_a_call_into_iterations_changes_nothing() => ForMany((request, breakdown) =>
    {
        var usage = request.Usage!;
        var half = new UsageIteration
        {
            Type = "message",
            InputTokens = usage.InputTokens / 2,
            OutputTokens = usage.OutputTokens / 3,
            CacheReadInputTokens = usage.CacheReadInputTokens / 4,
            CacheCreationInputTokens = 0,
        };
        var rest = half with
        {
            InputTokens = usage.InputTokens - half.InputTokens,
            OutputTokens = usage.OutputTokens - half.OutputTokens,
            CacheReadInputTokens = usage.CacheReadInputTokens - half.CacheReadInputTokens,
            CacheCreationInputTokens = usage.CacheCreationInputTokens,
            CacheCreation5mInputTokens = usage.CacheCreation5mInputTokens,
            CacheCreation1hInputTokens = usage.CacheCreation1hInputTokens,
        };

        var divided = Calls.Price(request with { Usage = usage with { Iterations = [half, rest] } });

        if (divided.Cost.Basis == CostBasis.Measured)
        {
            Assert.Equal(breakdown.Cost.ByClass, divided.Cost.ByClass);
            Assert.Equal(breakdown.Cost.SavedByCache, divided.Cost.SavedByCache);
        }
        else
        {
            Assert.InRange(breakdown.Cost.Total!.Value.Value, divided.Cost.LowerBound!.Value.Value, divided.Cost.UpperBound!.Value.Value);
        }
    });

    [Fact]
    public void Without_a_cache_the_same_prompt_would_have_cost_what_the_saving_says() => ForMany((request, breakdown) =>
    {
        var usage = request.Usage!;
        var uncached = Calls.Tokens(usage.TotalInputTokens!.Value, usage.OutputTokens!.Value) with
        {
            ServiceTier = usage.ServiceTier,
            Speed = usage.Speed,
            InferenceGeo = usage.InferenceGeo,
            WebSearchRequests = usage.WebSearchRequests,
        };

        var difference = Calls.Price(request with { Usage = uncached }).Cost.Total!.Value - breakdown.Cost.Total!.Value;

        // Five classes are rounded, so the sums may differ by less than half a nano-dollar each.
        Assert.InRange(Math.Abs(difference.Value - breakdown.Cost.SavedByCache!.Value.Value), 0, 3);
    });

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(1_000_000_000_001)]
    [InlineData(long.MaxValue)]
    public void Impossible_counts_are_marked_and_not_priced(long count)
    {
        TokenUsage[] broken =
        [
            Calls.Thousand with { InputTokens = count }, Calls.Thousand with { OutputTokens = count },
            Calls.Thousand with { CacheReadInputTokens = count }, Calls.Thousand with { CacheCreationInputTokens = count },
            Calls.Thousand with { CacheCreation5mInputTokens = count }, Calls.Thousand with { CacheCreation1hInputTokens = count },
            Calls.Thousand with { ThinkingTokens = count }, Calls.Thousand with { WebSearchRequests = count },
            Calls.Thousand with { Iterations = [Calls.Iteration("message", count, 0)] },
        ];

        Assert.All(broken, usage =>
        {
            var cost = Calls.Price(Calls.Call("claude-opus-5", usage)).Cost;
            Assert.Equal(CostBasis.Unpriced, cost.Basis);
            Assert.Equal([CostMarks.ImplausibleUsage], cost.Marks);
        });
    }

    [Fact]
    public void The_largest_plausible_counts_are_still_exact()
    {
        var cost = Calls.Price(Calls.Call("claude-opus-5", Calls.Tokens(1_000_000_000_000, 1_000_000_000_000))).Cost;

        Assert.Equal(new NanoUsd(30_000_000_000_000_000), cost.Total);
    }

    [Fact]
    public void A_cost_that_does_not_fit_is_unpriced_and_not_wrong()
    {
        var book = SmallBook.With("\"input\": 3, \"output\": 15", "\"input\": 999999.999999999, \"output\": 15");

        var fits = book.Price(Calls.Call("claude-test-1", Calls.Tokens(1_000_000_000))).Cost;
        var doesNot = book.Price(Calls.Call("claude-test-1", Calls.Tokens(1_000_000_000_000))).Cost;

        Assert.Equal(new NanoUsd(999_999_999_999_999_000), fits.Total);
        Assert.Equal(CostBasis.Unpriced, doesNot.Basis);
        Assert.Equal([CostMarks.ImplausibleUsage], doesNot.Marks);
    }

    [Fact]
    public void No_member_of_pricing_is_a_floating_point_number()
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var types = typeof(PriceBook).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("CostLedger.Pricing", StringComparison.Ordinal) == true).ToList();
        var used = types.SelectMany(type => type.GetFields(all).Select(field => field.FieldType)
            .Concat(type.GetMethods(all).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)
                .Append(method.ReturnType)
                .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []))));

        Assert.NotEmpty(types);
        Assert.DoesNotContain(used, type => type == typeof(double) || type == typeof(float) || type == typeof(double?));
    }

    private static void ForMany(Action<PricingRequest, CostBreakdown> law)
    {
        var random = new Random(Seed);
        var priced = 0;
        for (var i = 0; i < Samples; i++)
        {
            var request = Draw(random);
            var breakdown = Calls.Price(request);
            if (breakdown.Cost.Basis == CostBasis.Measured)
            {
                priced++;
                law(request, breakdown);
            }
        }

        Assert.True(priced > Samples / 2, "too few of the made-up calls had a price");
    }

    private static PricingRequest Draw(Random random)
    {
        var usage = Calls.Tokens(Count(), Count(), Count(), Count(), Count()) with
        {
            ServiceTier = Pick("standard", "batch", "standard"),
            Speed = Pick("standard", "fast", "standard"),
            InferenceGeo = Pick("us", "global", "not_available"),
            WebSearchRequests = random.Next(4),
        };
        return Calls.Call(Models[random.Next(Models.Length)], usage) with
        {
            Provider = (Provider)random.Next(1, 8),
            Location = Pick("global", "us-east5", "us-gov-west-1"),
            At = Calls.Day("2026-01-01").AddDays(random.Next(320)),
        };

        string Pick(params string[] words) => words[random.Next(words.Length)];
        long Count() => random.Next(3) switch { 0 => random.Next(10), 1 => random.Next(90_000), _ => random.Next(300_000) };
    }

    private static decimal Exact(CostTerm term) => term.Factors.Aggregate(
        term.Quantity * term.Price * 1_000_000_000m / term.Per, (amount, factor) => amount * factor.Value);

    private static (string Name, NanoUsd Amount)[] Named(CostByClass cost) =>
    [
        ("input", cost.Input), ("output", cost.Output), ("cache_read", cost.CacheRead),
        ("cache_write_5m", cost.CacheWrite5m), ("cache_write_1h", cost.CacheWrite1h), ("server_tools", cost.ServerTools),
    ];

    private static TokenUsage[] More(TokenUsage usage) =>
    [
        usage with { InputTokens = usage.InputTokens + 1 },
        usage with { OutputTokens = usage.OutputTokens + 1 },
        usage with { CacheReadInputTokens = usage.CacheReadInputTokens + 100_000 },
        usage with { CacheCreationInputTokens = usage.CacheCreationInputTokens + 1, CacheCreation1hInputTokens = usage.CacheCreation1hInputTokens + 1 },
        usage with { WebSearchRequests = usage.WebSearchRequests + 1 },
    ];

    private static TokenUsage Scale(TokenUsage usage, long by) => usage with
    {
        InputTokens = usage.InputTokens * by,
        OutputTokens = usage.OutputTokens * by,
        CacheReadInputTokens = usage.CacheReadInputTokens * by,
        CacheCreationInputTokens = usage.CacheCreationInputTokens * by,
        CacheCreation5mInputTokens = usage.CacheCreation5mInputTokens * by,
        CacheCreation1hInputTokens = usage.CacheCreation1hInputTokens * by,
        WebSearchRequests = usage.WebSearchRequests * by,
    };
}
