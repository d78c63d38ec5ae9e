using CostReport.Cli.Arguments;
using CostReport.Cli.Prices;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>New costs for old calls.</summary>
internal static class RepriceCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        PriceFileOption.RejectFaulty(invocation, surroundings);
        var result = surroundings.Prices.Reprice(invocation.Ledger, invocation.Prices, invocation.Filter, invocation.DryRun);
        ReportWriter.Write(
            invocation,
            surroundings,
            () => RepriceReport.Of(result, invocation.Period, invocation.DryRun),
            () => RepriceReport.Data(result));
        return ExitCode.Fine;
    }
}
