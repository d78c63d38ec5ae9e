using System.Collections.Concurrent;
using CostLedger;
using CostLedger.Querying;
using CostLedger.Records;
using MessagesSimulator.Corpus;
using Telemetry.Handler;
using Telemetry.Handler.Prompting;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Corpus;

/// <summary>The handler's diagnoses against the labels, through real HTTP, with the ledger between.</summary>
[Collection(ObservedCalls.Name)]
public sealed class CorpusDiagnosisTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-corpus-");
    private readonly Simulator.StillClock _clock = new();
    private readonly ConcurrentDictionary<CallId, CallExpectation> _expected = new();
    private SqliteLedger _ledger = null!;
    private CorpusServer _server = null!;

    private string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    public async ValueTask InitializeAsync()
    {
        _ledger = PatientLedger.Open(LedgerPath);
        _server = await CorpusServer.StartAsync(
            inner => new MessagesTelemetryHandler(new MessagesTelemetryOptions
            {
                Ledger = _ledger,
                TimeProvider = _clock,
                // The clock stands still: no request may overtake the reading of one that was sent before it.
                EstimateBeforeSend = true,
                OnEstimate = expected => _expected[expected.Id] = expected,
            })
            {
                InnerHandler = inner,
            },
            _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Reasons_and_lost_tokens_are_those_of_the_labels()
    {
        var (cases, reasons, tokens, foreseen) = (0, new List<string>(), new List<string>(), new List<string>());
        foreach (var one in MutationCorpus.Disturbed())
        {
            var lost = (await PlayAsync(one))[^1];
            cases++;
            if (lost.CacheBreak?.Reason != one.Label.Reason)
            {
                reasons.Add($"{one.Name}: {lost.CacheBreak?.Reason ?? "nothing"} at {lost.CacheBreak?.Place} instead of {one.Label.Reason} at {one.Label.Path}; {lost.CacheBreak} {lost.Usage}");
            }

            if (Math.Abs((lost.CacheBreak?.TokensLost ?? 0) - one.Label.LostTokens) > 0.05 * one.Label.LostTokens)
            {
                tokens.Add($"{one.Name}: {lost.CacheBreak?.TokensLost} tokens instead of {one.Label.LostTokens}");
            }

            if (_expected[lost.Id].Cache?.Break is { } expected && expected.Reason != one.Label.Reason)
            {
                foreseen.Add($"{one.Name}: {expected.Reason} foreseen instead of {one.Label.Reason}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{cases} cases, {reasons.Count} other reasons, {tokens.Count} other tokens, {foreseen.Count} otherwise foreseen");
        Assert.True(cases >= 400);
        Assert.True(reasons.Count <= cases / 100, string.Join('\n', reasons));
        Assert.True(tokens.Count <= cases / 100, string.Join('\n', tokens));
        Assert.True(foreseen.Count <= cases / 100, string.Join('\n', foreseen));
    }

    [Fact]
    public async Task Ten_thousand_undisturbed_turns_are_not_called_broken()
    {
        var turns = 0;
        foreach (var one in MutationCorpus.Undisturbed(10_000))
        {
            foreach (var call in await PlayAsync(one))
            {
                Assert.True(call.CacheBreak is null or { IsMissed: true }, $"{one.Name}: {call.CacheBreak}");
                Assert.Null(_expected[call.Id].Cache?.Break);
                turns++;
            }
        }

        Assert.True(turns >= 10_000);
    }

    private async Task<IReadOnlyList<CallRecord>> PlayAsync(CorpusCase one)
    {
        var start = _clock.GetUtcNow();
        using (CallContext.Begin(session: one.Name))
        {
            await _server.PlayAsync(one.Requests);
        }

        using var reader = LedgerReader.Open(LedgerPath);
        var calls = reader.Calls(new CallFilter { Since = start, Sessions = [one.Name] }).OrderBy(call => call.StartedAt).ToList();
        Assert.Equal(one.Requests.Count, calls.Count);
        return calls;
    }
}
