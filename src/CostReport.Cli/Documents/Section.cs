namespace CostReport.Cli.Documents;

/// <summary>A part of a report: a heading and whatever stands under it, in this order.</summary>
internal sealed record Section
{
    /// <summary>The heading; null for none.</summary>
    public string? Heading { get; init; }

    /// <summary>Figures.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Bars over time or by name.</summary>
    public IReadOnlyList<Bar> Bars { get; init; } = [];

    /// <summary>The parts of a call's life: each begins where the one before ends.</summary>
    public IReadOnlyList<Bar> Phases { get; init; } = [];

    /// <summary>A table.</summary>
    public Table? Table { get; init; }

    /// <summary>Whether it may stand beside the next such section where there is space for both.</summary>
    public bool IsCompact { get; init; }

    /// <summary>Sentences.</summary>
    public IReadOnlyList<Cell> Notes { get; init; } = [];
}
