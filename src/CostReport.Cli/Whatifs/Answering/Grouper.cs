using System.Globalization;
using CostLedger.Querying;
using CostLedger.Querying.Traffic;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Times;

namespace CostReport.Cli.Whatifs.Answering;

/// <summary>Names the group of a call.</summary>
internal sealed class Grouper : IEqualityComparer<string?[]>
{
    private static readonly GroupKind[] Kinds =
        [GroupKind.Hour, GroupKind.Day, GroupKind.Week, GroupKind.Month, GroupKind.Model, GroupKind.Provider, GroupKind.Session, GroupKind.Tag];

    private readonly Period _period;

    /// <param name="by">The dimensions; none: by model.</param>
    /// <param name="period">Whose time zone cuts days.</param>
    /// <exception cref="UserError">A dimension is none of these.</exception>
    public Grouper(IReadOnlyList<Grouping> by, Period period)
    {
        By = by.Count > 0 ? by : [new Grouping(GroupKind.Model)];
        _period = period;
        if (By.FirstOrDefault(g => !Kinds.Contains(g.Kind)) is { Kind: not GroupKind.Hour } other)
        {
            throw UserError.Usage($"--by {other.Name} is of no use here: an assumption does not change it; give hour, day, week, month, model, provider, session or tag:KEY");
        }
    }

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<Grouping> By { get; }

    /// <summary>The group's key: a name for each dimension.</summary>
    public string?[] KeyOf(TrafficCall call)
    {
        var key = new string?[By.Count];
        for (var i = 0; i < key.Length; i++)
        {
            key[i] = NameOf(call, By[i]);
        }

        return key;
    }

    /// <inheritdoc/>
    public bool Equals(string?[]? x, string?[]? y) => x.AsSpan().SequenceEqual(y, StringComparer.Ordinal);

    /// <inheritdoc/>
    public int GetHashCode(string?[] obj)
    {
        var hash = default(HashCode);
        foreach (var name in obj)
        {
            hash.Add(name, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    private string? NameOf(TrafficCall call, Grouping by) => by.Kind switch
    {
        GroupKind.Model => call.Pricing.Model,
        GroupKind.Provider => call.Pricing.Provider.Name(),
        GroupKind.Session => call.Labels.Session,
        GroupKind.Tag => call.Labels.Tags.GetValueOrDefault(by.TagKey ?? ""),
        _ => TimeOf(_period.Local(call.Id.Time), by.Kind),
    };

    private static string TimeOf(DateTimeOffset local, GroupKind kind) => kind switch
    {
        GroupKind.Hour => local.ToString("yyyy-MM-dd'T'HH:00zzz", CultureInfo.InvariantCulture),
        GroupKind.Day => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        GroupKind.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(local.DateTime):D4}-W{ISOWeek.GetWeekOfYear(local.DateTime):D2}"),
        _ => local.ToString("yyyy-MM", CultureInfo.InvariantCulture),
    };
}
