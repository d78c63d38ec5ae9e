using CostLedger.Retention;
using CostReport.Cli.Arguments;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>Old calls are deleted.</summary>
internal static class PruneCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        var before = invocation.Before ?? throw UserError.Usage("prune needs to know what is old; give --before TIME, for example --before 90d");
        if (before > invocation.Period.Now)
        {
            throw UserError.Usage("--before lies in the future, and would delete every call; give a time that is past");
        }

        var result = Prune(invocation, before, surroundings);
        ReportWriter.Write(
            invocation,
            surroundings,
            () => PruneReport.Of(result, before, invocation.Period, invocation.DryRun),
            () => PruneReport.Data(result, before));
        return ExitCode.Fine;
    }

    private static PruneResult Prune(Invocation invocation, DateTimeOffset before, Surroundings surroundings)
    {
        using var progress = surroundings.Begin("deleting", "calls");
        return surroundings.Retention.Prune(invocation.Ledger, before, invocation.DryRun, progress);
    }
}
