using CostLedger.Records;
using Telemetry.Handler.Tests.Handler;
using Telemetry.Handler.Tokens;
using Xunit;

namespace Telemetry.Handler.Tests.Prompting;

[Collection(Tracing.Name)]
public sealed class TokenizerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task An_applications_tokenizer_counts_and_is_named()
    {
        var few = await EstimateAsync(new Own(static text => text.Length / 10));
        var many = await EstimateAsync(new Own(static text => text.Length));

        Assert.Equal("own", many!.Tokenizer);
        Assert.True(many.InputTokens > few!.InputTokens + 500, $"{many.InputTokens} and {few.InputTokens}");
    }

    [Fact(Timeout = 60_000)]
    public async Task One_that_throws_costs_the_estimate_and_nothing_else()
    {
        using var sinks = new Sinks();

        Assert.Null(await EstimateAsync(new Own(static _ => throw new InvalidOperationException("planted"))));
        Assert.Contains("OwnWorkFailed estimate ", sinks.Told, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task One_that_counts_below_zero_makes_no_negative_estimate()
    {
        var estimate = await EstimateAsync(new Own(static _ => -1_000_000));

        Assert.False(estimate?.InputTokens < 0 || estimate?.InputTokensLow < 0 || estimate?.ExpectedCostLow < NanoUsd.Zero, $"{estimate}");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void One_without_a_name_is_refused(string? name) => Refuse(o => o.Tokenizer = new Own(static _ => 1, name!), "Tokenizer.Name");

    [Fact]
    public void One_with_a_name_of_any_length_is_refused() => Refuse(o => o.Tokenizer = new Own(static _ => 1, new string('n', 101)), "Tokenizer.Name");

    [Fact]
    public void What_needs_an_estimate_needs_prompts_to_be_read()
    {
        Refuse(o => (o.ReadPrompts, o.AllowSend) = (false, static _ => true), "need ReadPrompts");
        Refuse(o => (o.ReadPrompts, o.OnEstimate) = (false, static _ => { }), "need ReadPrompts");
        Refuse(o => (o.ReadPrompts, o.EstimateBeforeSend) = (false, true), "need ReadPrompts");
    }

    [Fact]
    public void A_memory_of_no_bytes_is_refused() => Refuse(o => o.PromptMemoryBytes = 0, "PromptMemoryBytes");

    private static void Refuse(Action<MessagesTelemetryOptions> configure, string expected)
    {
        var options = new MessagesTelemetryOptions { WriteToLedger = false };
        configure(options);

        var error = Assert.Throws<ArgumentException>(() => new MessagesTelemetryHandler(options));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static async Task<TokenEstimate?> EstimateAsync(ITokenCounter tokenizer)
    {
        await using var client = new ObservedClient(new Provider(), o => (o.Tokenizer, o.EstimateBeforeSend) = (tokenizer, true));
        using var request = Provider.Post(Provider.Ask(new string('x', 1_000)));
        using var response = await client.Http.SendAsync(request, Token);
        var row = client.Row();
        Assert.Equal(CallOutcome.Success, row.Outcome);
        return row.Estimate;
    }

    private delegate int Counting(ReadOnlySpan<byte> text);

    private sealed class Own(Counting count, string name = "own") : ITokenCounter
    {
        public string Name => name;

        public int Count(ReadOnlySpan<byte> utf8) => count(utf8);
    }
}
