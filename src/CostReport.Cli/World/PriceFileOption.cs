using CostReport.Cli.Arguments;

namespace CostReport.Cli.World;

/// <summary>The price file that <c>--prices</c> names.</summary>
internal static class PriceFileOption
{
    /// <summary>Refuses a file that is missing or has faults.</summary>
    /// <exception cref="UserError">It cannot be used.</exception>
    public static void RejectFaulty(Invocation invocation, Surroundings surroundings)
    {
        if (invocation.Prices is not { } file)
        {
            return;
        }

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
