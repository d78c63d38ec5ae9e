using System.Collections.Concurrent;
using CostLedger.Records;
using Telemetry.Handler.Names;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Tests.Handler;
using Telemetry.Handler.Tests.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Prompting;

[Collection(Tracing.Name)]
public sealed class OnEstimateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_told_is_what_the_row_and_the_span_say(bool isBefore)
    {
        using var spans = new SpanCollector("Telemetry.Handler");
        var told = new BlockingCollection<CallExpectation>();
        await using var client = new ObservedClient(new Provider(), o => (o.EstimateBeforeSend, o.OnEstimate) = (isBefore, told.Add));
        using (CallContext.Begin(conversation: "order-4711"))
        {
            await SendAsync(client, Provider.Ask());
        }

        var expected = told.Take(Token);
        var row = client.Row();
        var estimate = row.Estimate!;
        Assert.Equal((row.Id, "claude-sonnet-4-5", "order-4711"), (expected.Id, expected.Model, expected.Labels.Conversation));
        Assert.Equal(
            (estimate.InputTokens, estimate.InputTokensLow, estimate.InputTokensHigh, estimate.ExpectedOutputTokensHigh),
            (expected.InputTokens, expected.InputTokensLow, expected.InputTokensHigh, expected.OutputTokensHigh));
        Assert.Equal((estimate.ExpectedCost, estimate.ExpectedCostLow, estimate.ExpectedCostHigh), (expected.Cost, expected.CostLow, expected.CostHigh));
        Assert.Equal((100, true), (expected.OutputTokensHigh, expected.CostLow < expected.CostHigh));
        var span = spans.Stopped.Single(s => Equals(s.GetTagItem(CostLedgerTags.CallId), row.Id.ToString()));
        Assert.Equal((expected.InputTokens, "o200k_base"), (span.GetTagItem(CostLedgerTags.EstimateInputTokens), span.GetTagItem(CostLedgerTags.EstimateTokenizer)));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_attempt_is_told_once(bool isBefore)
    {
        var told = new BlockingCollection<CallExpectation>();
        using var provider = new Provider { Status = System.Net.HttpStatusCode.ServiceUnavailable };
        await using var client = new ObservedClient(provider, o => (o.EstimateBeforeSend, o.OnEstimate) = (isBefore, told.Add));
        await SendAsync(client, Provider.Ask());
        provider.Status = System.Net.HttpStatusCode.OK;
        await SendAsync(client, Provider.Ask());

        CallId[] ids = [told.Take(Token).Id, told.Take(Token).Id];

        Assert.Equal(client.Rows().Select(row => row.Id).Order(), ids.Order());
        Assert.Equal([1, 2], client.Rows().Select(row => row.Attempt));
        Assert.Empty(told);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_takes_long_delays_neither_the_answer_nor_the_record(bool isSync)
    {
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        await using var client = new ObservedClient(new Provider(), o => o.OnEstimate = _ =>
        {
            entered.Set();
            release.Wait(Token);
        });

        // Small prompts are read on the thread that sends, large ones on others.
        await SendAsync(client, Provider.Ask(), isSync);
        await SendAsync(client, Provider.Ask(new string('a', 20_000)), isSync);

        Assert.All(client.Rows(), row => Assert.NotNull(row.Estimate?.InputTokens));
        entered.Wait(Token);
        release.Set();
    }

    [Fact(Timeout = 60_000)]
    public async Task What_it_throws_is_counted_and_the_call_goes_on()
    {
        using var sinks = new Sinks();
        await using var client = new ObservedClient(
            new Provider(), o => (o.EstimateBeforeSend, o.OnEstimate) = (true, static _ => throw new InvalidOperationException("planted")));

        await SendAsync(client, Provider.Ask());

        Assert.Equal(CallOutcome.Success, client.Row().Outcome);
        Assert.Contains("on estimate", sinks.Told, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_reading_prompts_nothing_of_them_is_known()
    {
        await using var client = new ObservedClient(new Provider(), o => o.ReadPrompts = false);

        await SendAsync(client, Provider.Ask());

        var row = client.Row();
        Assert.Equal((null, null, CallOutcome.Success), (row.Estimate, row.Prompt, row.Outcome));
    }

    private static async Task SendAsync(ObservedClient client, string body, bool isSync = false)
    {
        using var request = Provider.Post(body);
        using var response = isSync ? client.Http.Send(request, Token) : await client.Http.SendAsync(request, Token);
    }
}
