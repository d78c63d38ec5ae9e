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
        if (invocation.Prices is { } file)
        {
            RejectFaulty(file, surroundings);
        }

        var result = surroundings.Prices.Reprice(invocation.Ledger, invocation.Prices, invocation.Filter, invocation.DryRun);
        ReportWriter.Write(
            invocation,
            surroundings,
            () => RepriceReport.Of(result, invocation.Period, invocation.DryRun),
            () => RepriceReport.Data(result));
        return ExitCode.Fine;
    }

    private static void RejectFaulty(string file, Surroundings surroundings)
    {
        if (!File.Exists(file))
        {
            throw UserError.Usage($"there is no file '{SafeText.Short(file)}' to price with");
        }

        var faults = surroundings.Prices.Check(file).Faults.Count;
        if (faults > 0)
        {
            var text = faults == 1 ? "a fault" : $"{faults} faults";
            throw UserError.Usage($"the price file '{SafeText.Short(file)}' has {text}; 'costreport prices check {SafeText.Short(file)}' lists what to correct");
        }
    }
}
