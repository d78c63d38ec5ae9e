using CostReport.Cli.Arguments;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>Prices and cost by model.</summary>
internal static class ModelsCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var usage = ledger.Usage(invocation.Filter, ModelsReport.By, invocation.Period.Zone);
        return UsageOutput.Write(invocation, surroundings, ledger, usage, "Prices and cost by model", () => ModelsReport.Of(usage, invocation.Period));
    }
}
