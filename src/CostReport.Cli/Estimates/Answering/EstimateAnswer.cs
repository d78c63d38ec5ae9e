using CostReport.Cli.Arguments;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Findings;
using CostReport.Cli.Estimates.Inputs;

namespace CostReport.Cli.Estimates.Answering;

/// <summary>What is answered for one request: an estimate, or why there is none.</summary>
internal sealed record EstimateAnswer
{
    /// <summary>The line that it stands on; null where it is not of a file of lines.</summary>
    public long? Line { get; init; }

    /// <summary>The request; null where none could be read.</summary>
    public FoundRequest? Request { get; init; }

    /// <summary>The estimate; null where there is none.</summary>
    public EstimatedRequest? Estimated { get; init; }

    /// <summary>Why there is none.</summary>
    public UserError? Error { get; init; }

    /// <summary>What a reviewer says.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The same at other models; null where that was not asked for.</summary>
    public IReadOnlyList<ComparedModel>? Compared { get; init; }
}
