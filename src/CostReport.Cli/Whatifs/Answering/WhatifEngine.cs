using CostLedger.Pricing;
using CostLedger.Querying.Traffic;
using CostReport.Cli.Whatifs.Assuming;
using Telemetry.Handler.Caching.Replaying;

namespace CostReport.Cli.Whatifs.Answering;

/// <summary>Plays a ledger's calls again under an assumption and prices them.</summary>
/// <param name="prices">The price list.</param>
/// <param name="assumption">What is different.</param>
internal sealed class WhatifEngine(PriceBook prices, Assumption assumption)
{
    /// <summary>How long before a period calls may have filled the cache: the longest lifetime, and the longest answer.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(70);

    private const int ChunkSize = 2_048;

    private readonly CallJudge _judge = new(prices, assumption);

    /// <summary>Answers.</summary>
    /// <param name="traffic">The calls.</param>
    /// <param name="groups">Names the groups.</param>
    public Answer Answer(LedgerTraffic traffic, Grouper groups)
    {
        var tally = new Tally(groups);
        var quality = assumption.NeedsReplay ? new ReplayQuality() : null;
        var replay = assumption.NeedsReplay ? new TrafficReplay(prices, traffic.Prompts, ReplayAssumptionOf()) : null;
        var judging = Task.FromResult<(CallChange, Doubts)[]>([]);
        foreach (var chunk in traffic.Calls.Select(call => (call, Replayed: Play(replay, quality, call))).Chunk(ChunkSize))
        {
            // One chunk is priced while the next is read and played.
            var next = Task.Run(() => Array.ConvertAll(chunk, item => item.call.IsChosen ? _judge.Judge(item.call, item.Replayed) : default));
            Add(tally, judging);
            judging = next;
        }

        Add(tally, judging);
        return tally.ToAnswer(assumption, prices.Version, quality);
    }

    private static void Add(Tally tally, Task<(CallChange Change, Doubts Doubts)[]> judging)
    {
        foreach (var (change, doubts) in judging.GetAwaiter().GetResult())
        {
            if (change.Call is not null)
            {
                tally.Add(change, doubts);
            }
        }
    }

    private static ReplayedCall? Play(TrafficReplay? replay, ReplayQuality? quality, TrafficCall call)
    {
        if (replay is null || !CallJudge.IsBilled(call))
        {
            return null;
        }

        var replayed = replay.Play(call);
        if (call.IsChosen)
        {
            quality?.Add(replayed, call.Pricing.Usage?.CacheReadInputTokens ?? 0);
        }

        return replayed;
    }

    private ReplayAssumption ReplayAssumptionOf() => new()
    {
        Lifetime = assumption.Lifetime,
        Breakpoints = assumption.Breakpoints,
        Model = assumption.Model?.Name,
        TokenRatio = assumption.Model is { } model ? name => model.RatioOf(name).Likely : static _ => 1,
    };
}
