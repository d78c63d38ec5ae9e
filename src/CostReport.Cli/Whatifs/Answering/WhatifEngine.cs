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
    /// <param name="progress">Is told how many calls were taken so far; null: nobody is.</param>
    public Answer Answer(LedgerTraffic traffic, Grouper groups, IProgress<long>? progress = null)
    {
        var tally = new Tally(groups);
        var quality = assumption.NeedsReplay ? new ReplayQuality() : null;
        var replay = assumption.NeedsReplay ? new TrafficReplay(prices, traffic.Prompts, ReplayAssumptionOf()) : null;

        // One chunk is played and priced while the next is read.
        var working = Task.CompletedTask;
        var taken = 0L;
        foreach (var chunk in traffic.Calls.Chunk(ChunkSize))
        {
            Finish(working);
            progress?.Report(taken += chunk.Length);
            working = Task.Run(() =>
            {
                foreach (var call in chunk)
                {
                    Add(call, replay, quality, tally);
                }
            });
        }

        Finish(working);
        return tally.ToAnswer(assumption, prices.Version, quality);
    }

    private static void Finish(Task working)
    {
        // It cannot deadlock: the work runs on the pool, waits for nothing, and a program of the console has no context to go back to.
        working.GetAwaiter().GetResult();
    }

    private void Add(TrafficCall call, TrafficReplay? replay, ReplayQuality? quality, Tally tally)
    {
        ReplayedCall? replayed = CallJudge.IsBilled(call) ? replay?.Play(call) : null;
        if (!call.IsChosen)
        {
            return;
        }

        if (replayed is { } played)
        {
            quality?.Add(played, call.Pricing.Usage?.CacheReadInputTokens ?? 0);
        }

        var (change, doubts) = _judge.Judge(call, replayed);
        tally.Add(change, doubts);
    }

    private ReplayAssumption ReplayAssumptionOf() => new()
    {
        Lifetime = assumption.Lifetime,
        Breakpoints = assumption.Breakpoints,
        Model = assumption.Model?.Name,
        TokenRatio = assumption.Model is { } model ? name => model.RatioOf(name).Likely : static _ => 1,
    };
}
