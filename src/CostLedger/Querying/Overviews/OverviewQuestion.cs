namespace CostLedger.Querying.Overviews;

/// <summary>What an overview is to tell.</summary>
public sealed record OverviewQuestion
{
    /// <summary>Which attempts.</summary>
    public CallFilter Filter { get; init; } = new();

    /// <summary>The time zone that hours, days, weeks and months are cut in; that of the machine unless set.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>The dimensions of each report of sums.</summary>
    public IReadOnlyList<IReadOnlyList<Grouping>> Usage { get; init; } = [];

    /// <summary>The dimensions of each report of latency.</summary>
    public IReadOnlyList<IReadOnlyList<Grouping>> Latency { get; init; } = [];

    /// <summary>How many of the dearest attempts to list; 0 to 1,000.</summary>
    public int Dearest { get; init; }

    /// <summary>How many of the slowest answers to list; 0 to 1,000.</summary>
    public int Slowest { get; init; }
}
