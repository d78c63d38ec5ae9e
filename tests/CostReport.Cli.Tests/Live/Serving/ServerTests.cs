using System.Net;
using CostLedger.Storage;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.World;
using Xunit;

namespace CostReport.Cli.Tests.Live.Serving;

/// <summary>What the server makes of faults, and of its end.</summary>
public sealed class ServerTests : IDisposable
{
    private readonly ManualResetEventSlim _asked = new();
    private readonly ManualResetEventSlim _goOn = new();
    private int _opened;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _asked.Dispose();
        _goOn.Dispose();
    }

    [Fact]
    public async Task Who_has_asked_before_the_end_gets_the_whole_answer()
    {
        await using var server = await LiveServer.StartAsync(OpenSlowly);
        var asking = server.Client.GetAsync("body", Token);
        _asked.Wait(Token);

        var stopping = server.StopAsync();
        _goOn.Set();
        using var answer = await asking;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, (await stopping).Code);
    }

    [Fact]
    public async Task The_end_waits_for_no_answer_for_ever_and_makes_no_good_one_of_it()
    {
        await using var server = await LiveServer.StartAsync(OpenSlowly);
        var asking = server.Client.GetAsync("body", Token);
        _asked.Wait(Token);

        var (code, _) = await server.StopAsync();

        Assert.Equal(ExitCode.Fine, code);
        using var answer = await asking;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        _goOn.Set();
    }

    [Fact]
    public async Task A_fault_is_said_once_and_takes_no_place_for_ever()
    {
        var (stamp, isWrong) = (new LedgerStamp(1, DateTime.UnixEpoch), false);
        await using var server = await LiveServer.StartAsync(_ => isWrong ? throw new InvalidOperationException("a <fault>") : new FakeLedger(Sample.TwoWeeks()), () => stamp);
        isWrong = true;

        for (var i = 0; i < Cli.Live.Serving.Server.MostRequests + 2; i++)
        {
            using var answer = await server.Client.GetAsync(i % 2 == 0 ? "body" : "metrics", Token);
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        }

        using var events = await server.Client.GetAsync("events", Token);
        Assert.Equal(HttpStatusCode.InternalServerError, events.StatusCode);
        (stamp, isWrong) = (stamp with { Size = 2 }, false);
        Assert.Contains("<h1", await server.Client.GetStringAsync("body", Token), StringComparison.Ordinal);
        var lines = (await server.StopAsync()).Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("costreport: a fault of costreport (System.InvalidOperationException: a <fault>); the page tries again", Assert.Single(lines[1..]));
    }

    [Fact]
    public async Task A_ledger_that_is_not_there_yet_is_waited_for()
    {
        var isThere = false;
        await using var server = await LiveServer.StartAsync(
            _ => isThere ? new FakeLedger(Sample.TwoWeeks()) : throw new LedgerException("There is no ledger."),
            () => isThere ? new LedgerStamp(1, DateTime.UnixEpoch) : default);

        using var page = await server.Client.GetAsync("", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("There is no ledger.", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        isThere = true;

        Assert.Contains("<h1", await server.Client.GetStringAsync("body", Token), StringComparison.Ordinal);
        Assert.StartsWith("costreport: waiting for the ledger ", (await server.StopAsync()).Errors, StringComparison.Ordinal);
    }

    // The first is the look at the start.
    private FakeLedger OpenSlowly(string? path)
    {
        if (Interlocked.Increment(ref _opened) > 1)
        {
            _asked.Set();
            _goOn.Wait(Token);
        }

        return new FakeLedger(Sample.TwoWeeks());
    }
}
