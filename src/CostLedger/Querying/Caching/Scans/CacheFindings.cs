using CostLedger.Querying.Caching.Findings;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Scans;

/// <summary>What a scan of the use of the prompt cache finds.</summary>
/// <param name="choice">Which losses are asked for.</param>
internal sealed class CacheFindings(BreakChoice choice)
{
    /// <summary>The sums by group.</summary>
    public GroupTable<CacheSums> Groups { get; } = new();

    /// <summary>The losses by reason.</summary>
    public Dictionary<(string Reason, bool IsMissed), (LossSums Sums, WorstLosses Worst)> Reasons { get; } = [];

    /// <summary>The worst breaks.</summary>
    public WorstLosses Worst { get; } = new(choice.Most);

    /// <summary>What providers lost, by provider, model and location.</summary>
    public Dictionary<(Provider Provider, long Model, long Location), PlaceSums> Places { get; } = [];

    /// <summary>How often the provider's verdict stood beside ours; null is no break.</summary>
    public Dictionary<(string? Ours, string Theirs), long> Verdicts { get; } = [];

    /// <summary>What was expected beside what came.</summary>
    public ForecastSums Forecast { get; } = new();

    /// <summary>Whether a loss is asked for.</summary>
    public bool Wants(CacheBreak lost) => choice.Reasons.Count == 0 || choice.Reasons.Contains(lost.Reason, StringComparer.Ordinal);

    /// <summary>Adds a loss that is asked for.</summary>
    public void Add(FoundLoss loss)
    {
        var (sums, worst) = ReasonOf((loss.Lost.Reason, loss.Lost.IsMissed));
        sums.Add(loss.Lost);
        worst.Add(loss);
        if (!loss.Lost.IsMissed)
        {
            Worst.Add(loss);
        }
    }

    /// <summary>The sums of a place.</summary>
    public PlaceSums PlaceOf((Provider Provider, long Model, long Location) place) =>
        Places.TryGetValue(place, out var sums) ? sums : Places[place] = new PlaceSums();

    /// <summary>Counts a verdict.</summary>
    public void Count(string? ours, string theirs, long count = 1) =>
        Verdicts[(ours, theirs)] = Verdicts.GetValueOrDefault((ours, theirs)) + count;

    /// <summary>Takes over what another scan found.</summary>
    public void Take(CacheFindings other)
    {
        Groups.Take(other.Groups);
        Worst.Add(other.Worst);
        Forecast.Add(other.Forecast);
        foreach (var (reason, (sums, worst)) in other.Reasons)
        {
            var mine = ReasonOf(reason);
            mine.Sums.Add(sums);
            mine.Worst.Add(worst);
        }

        foreach (var (place, sums) in other.Places)
        {
            PlaceOf(place).Add(sums);
        }

        foreach (var ((ours, theirs), count) in other.Verdicts)
        {
            Count(ours, theirs, count);
        }
    }

    private (LossSums Sums, WorstLosses Worst) ReasonOf((string Reason, bool IsMissed) reason) =>
        Reasons.TryGetValue(reason, out var known) ? known : Reasons[reason] = (new LossSums(), new WorstLosses(1));
}
