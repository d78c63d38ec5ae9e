using System.Diagnostics;
using CostLedger.Records;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

// Listeners are global, and a span that is current makes .NET send its own traceparent.
[Collection(Tracing.Name)]
public sealed class ActivityFlowTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_callers_activity_is_never_replaced_and_the_inner_handler_sees_ours()
    {
        using var listener = Listen(ActivitySamplingResult.AllDataAndRecorded);
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Start, Answers.Delta, Answers.End));
        Activity? inside = null;
        await using var client = new ObservedClient(new Spy(() => inside = Activity.Current));
        using var mine = new Activity("mine").Start();

        using (var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            Assert.Same(mine, Activity.Current);
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            var buffer = new byte[100];
            while (await stream.ReadAsync(buffer, Token) > 0)
            {
                Assert.Same(mine, Activity.Current);
            }
        }

        Assert.Same(mine, Activity.Current);
        Assert.Equal("Telemetry.Handler", inside?.Source.Name);
        Assert.Equal(mine.SpanId, inside?.ParentSpanId);
    }

    [Fact]
    public async Task A_synchronous_call_restores_the_callers_activity()
    {
        using var listener = Listen(ActivitySamplingResult.AllDataAndRecorded);
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Answers.Body));
        await using var client = new ObservedClient();

        await Task.Run(
            () =>
            {
                using var mine = new Activity("mine").Start();
                using var response = client.Http.Send(Answers.NewRequest(server.Messages), Token);
                Assert.Same(mine, Activity.Current);
                response.Content.ReadAsStream(Token).CopyTo(Stream.Null);
                Assert.Same(mine, Activity.Current);
            },
            Token);
    }

    [Theory]
    [InlineData(ActivitySamplingResult.None)]
    [InlineData(ActivitySamplingResult.PropagationData)]
    public async Task The_ledger_does_not_depend_on_sampling(ActivitySamplingResult sampling)
    {
        using var listener = Listen(sampling);
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Stream));
        await using var client = new ObservedClient();
        using var root = new Activity("unrecorded root").Start();

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal((CallOutcome.Success, 9), (client.Row().Outcome, client.Row().Usage?.OutputTokens));
    }

    private static ActivityListener Listen(ActivitySamplingResult result)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Telemetry.Handler",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => result,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class Spy(Action look) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            look();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
