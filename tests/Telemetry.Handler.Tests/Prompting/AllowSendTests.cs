using CostLedger.Records;
using Telemetry.Handler.Names;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Tests.Handler;
using Telemetry.Handler.Tests.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Prompting;

[Collection(Tracing.Name)]
public sealed class AllowSendTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_is_not_allowed_is_not_sent_and_costs_nothing(bool isSync)
    {
        using var spans = new SpanCollector("Telemetry.Handler");
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => o.AllowSend = static _ => false);

        using var request = Provider.Post(Provider.Ask());
        var error = await Assert.ThrowsAsync<CallWithheldException>(() => SendAsync(client, request, isSync));

        Assert.Empty(provider.Sent);
        var row = client.Row();
        Assert.Equal((error.Expectation.Id, CallOutcome.Canceled, "withheld", null), (row.Id, row.Outcome, row.ErrorType, row.HttpStatus));
        Assert.Equal((NanoUsd.Zero, CostBasis.Unbilled), (row.Cost.Total, row.Cost.Basis));
        Assert.True(error.Expectation is { InputTokens: > 0, CostHigh.Value: > 0 });
        var span = spans.Stopped.Single(s => Equals(s.GetTagItem(CostLedgerTags.CallId), row.Id.ToString()));
        Assert.Equal(("canceled", error.Expectation.InputTokens), (span.GetTagItem("costledger.attempt.outcome"), span.GetTagItem(CostLedgerTags.EstimateInputTokens)));
        Assert.Equal(0d, span.GetTagItem(CostLedgerTags.CostAmount));
        Assert.Null(System.Diagnostics.Activity.Current);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_is_allowed_is_sent_after_it_was_asked_for_once(bool isSync)
    {
        var asked = new List<CallExpectation>();
        using var provider = new Provider { OnSending = _ => Assert.Single(asked) };
        await using var client = new ObservedClient(provider, o => o.AllowSend = call => { asked.Add(call); return true; });

        using var request = Provider.Post(Provider.Ask());
        await SendAsync(client, request, isSync);

        Assert.Single(provider.Sent);
        var row = client.Row();
        var expected = Assert.Single(asked);
        Assert.Equal((expected.Id, expected.InputTokens, expected.CostHigh), (row.Id, row.Estimate!.InputTokens, row.Estimate.ExpectedCostHigh));
        Assert.Equal((CallOutcome.Success, CostBasis.Measured), (row.Outcome, row.Cost.Basis));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_budget_is_not_misled_by_short_answers()
    {
        var asked = new List<CallExpectation>();
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => o.AllowSend = call => { asked.Add(call); return true; });

        for (var i = 0; i < 8; i++)
        {
            using var request = Provider.Post(Provider.Ask());
            await SendAsync(client, request, isSync: false);
        }

        // Of the output alone: max_tokens is 100, and a million tokens cost 15 dollars.
        var longest = new NanoUsd(100 * 15 * NanoUsd.PerDollar / 1_000_000);
        Assert.Equal(asked[0].CostHigh, asked[0].CostMost);
        Assert.True(asked[^1].CostHigh < longest && asked[^1].CostMost > longest, $"{asked[^1]}");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stream_does_not_get_past_a_budget()
    {
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => o.AllowSend = static _ => false);

        using var request = Provider.Post(new StreamContent(new OnceStream(System.Text.Encoding.UTF8.GetBytes(Provider.Ask()))));
        await Assert.ThrowsAsync<CallWithheldException>(() => SendAsync(client, request, isSync: false));

        Assert.Empty(provider.Sent);
        Assert.Equal("withheld", client.Row().ErrorType);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_application_that_throws_allows_the_call_and_is_told_where_failures_are_told()
    {
        using var sinks = new Sinks();
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => o.AllowSend = static _ => throw new InvalidOperationException("planted"));

        using var request = Provider.Post(Provider.Ask());
        await SendAsync(client, request, isSync: false);

        Assert.Single(provider.Sent);
        Assert.Contains("allow send", sinks.Told, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_call_that_cannot_be_estimated_is_sent_without_asking()
    {
        var asked = 0;
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => o.AllowSend = _ => asked++ < 0);

        using var request = Provider.Post("""{"model":"claude-sonnet-4-5","messages":[""");
        await SendAsync(client, request, isSync: false);

        Assert.Equal((0, 1), (asked, provider.Sent.Count));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_withheld_call_teaches_nothing_and_the_message_can_be_sent_later()
    {
        var isAllowed = false;
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => o.AllowSend = _ => isAllowed);
        using var request = Provider.Post(Provider.Ask());
        await Assert.ThrowsAsync<CallWithheldException>(() => SendAsync(client, request, isSync: false));

        isAllowed = true;
        using var again = Provider.Post(Provider.Ask());
        await SendAsync(client, again, isSync: false);

        var rows = client.Rows();
        Assert.Equal([CallOutcome.Canceled, CallOutcome.Success], rows.Select(row => row.Outcome));
        Assert.NotNull(rows[1].Prompt);
    }

    private static async Task SendAsync(ObservedClient client, HttpRequestMessage request, bool isSync)
    {
        using var response = isSync ? client.Http.Send(request, Token) : await client.Http.SendAsync(request, Token);
    }
}
