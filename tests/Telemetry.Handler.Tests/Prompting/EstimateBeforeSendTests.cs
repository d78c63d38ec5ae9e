using System.Text;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Tests.Handler;
using Xunit;

namespace Telemetry.Handler.Tests.Prompting;

[Collection(Tracing.Name)]
public sealed class EstimateBeforeSendTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_sent_before_the_estimate(bool isSync)
    {
        var steps = new List<string>();
        using var provider = new Provider { OnSending = _ => steps.Add("sent") };
        await using var client = new ObservedClient(provider, o => (o.EstimateBeforeSend, o.OnEstimate) = (true, _ => steps.Add("told")));

        // More than is read on the thread that sends.
        using var request = Provider.Post(Provider.Ask(new string('a', 20_000)));
        await SendAsync(client, request, isSync);

        Assert.Equal(["told", "sent"], steps);
        Assert.NotNull(client.Row().Estimate?.InputTokens);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_can_be_read_once_is_read_first_and_sent_as_it_is(bool isSync)
    {
        var told = new List<CallExpectation>();
        using var provider = new Provider { OnSending = _ => Assert.Single(told) };
        await using var client = new ObservedClient(provider, o => (o.EstimateBeforeSend, o.OnEstimate) = (true, told.Add));
        var body = Encoding.UTF8.GetBytes(Provider.Ask());

        using var request = Provider.Post(new StreamContent(new OnceStream(body)));
        var content = request.Content;
        await SendAsync(client, request, isSync);

        Assert.Equal(body, Assert.Single(provider.Sent));
        Assert.Same(content, request.Content);
        var row = client.Row();
        Assert.Equal((told[0].InputTokens, body.Length), (row.Estimate!.InputTokens, (int)row.Transfer.RequestBytes!));
        Assert.Empty(row.Faults);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_fails_fails_as_it_does_without_us(bool isSync)
    {
        await using var client = new ObservedClient(new Provider(), o => o.EstimateBeforeSend = true);
        using var bare = new HttpClient(new Provider());

        using var first = Provider.Post(new StreamContent(new OnceStream([1, 2, 3]) { IsBroken = true }));
        using var second = Provider.Post(new StreamContent(new OnceStream([1, 2, 3]) { IsBroken = true }));
        var expected = await Record.ExceptionAsync(() => isSync ? Task.Run(() => bare.Send(first, Token), Token) : bare.SendAsync(first, Token));
        var actual = await Record.ExceptionAsync(() => SendAsync(client, second, isSync));

        Assert.NotNull(expected);
        Assert.Equal((expected.GetType(), expected.Message, expected.InnerException?.Message), (actual?.GetType(), actual?.Message, actual?.InnerException?.Message));
        Assert.Contains(RequestFault.Unreadable, client.Row().Faults, StringComparer.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_body_that_is_known_to_be_too_large_is_not_held_in_memory()
    {
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => (o.EstimateBeforeSend, o.MaxRequestBytes) = (true, 50));
        var body = Encoding.UTF8.GetBytes(Provider.Ask());
        var stream = new OnceStream(body);
        provider.OnSending = _ => Assert.False(stream.IsRead);
        using var request = Provider.Post(new StreamContent(stream) { Headers = { ContentLength = body.Length } });

        await SendAsync(client, request, isSync: false);

        Assert.Equal(body, Assert.Single(provider.Sent));
        Assert.Contains(RequestFault.TooLarge, client.Row().Faults, StringComparer.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_call_that_was_cancelled_before_it_began_is_cancelled_and_no_failure_of_ours()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => o.EstimateBeforeSend = true);
        using var invoker = new HttpMessageInvoker(client.Handler, disposeHandler: false);
        using var sinks = new Sinks();

        using var request = Provider.Post(new StreamContent(new OnceStream("{}"u8.ToArray())));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invoker.SendAsync(request, canceled.Token));

        Assert.Empty(provider.Sent);
        Assert.Equal(CostLedger.Records.CallOutcome.Canceled, client.Row().Outcome);
        Assert.DoesNotContain("read request", sinks.Told, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_no_prompt_is_sent_as_it_comes()
    {
        using var provider = new Provider();
        await using var client = new ObservedClient(provider, o => o.EstimateBeforeSend = true);
        var stream = new OnceStream("{}"u8.ToArray());
        provider.OnSending = _ => Assert.False(stream.IsRead);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.anthropic.com/v1/messages/batches") { Content = new StreamContent(stream) };

        await SendAsync(client, request, isSync: false);

        Assert.Single(provider.Sent);
    }

    private static async Task SendAsync(ObservedClient client, HttpRequestMessage request, bool isSync)
    {
        using var response = isSync ? await Task.Run(() => client.Http.Send(request, Token), Token) : await client.Http.SendAsync(request, Token);
    }
}
