using CostReport.Cli.Arguments;
using CostReport.Cli.Prices;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>Looks at prices.</summary>
internal static class PricesCommand
{
    /// <summary>The prices in force today.</summary>
    public static ExitCode List(Invocation invocation, Surroundings surroundings)
    {
        var prices = surroundings.Prices;
        var today = DateOnly.FromDateTime(surroundings.Time.GetUtcNow().UtcDateTime);
        ReportWriter.Write(
            invocation,
            surroundings,
            () => PriceListReport.Of(prices.Lines, today, prices.Version),
            () => PriceListReport.Data(prices.Lines, today));
        return ExitCode.Fine;
    }

    /// <summary>Every price of a model.</summary>
    public static ExitCode Show(Invocation invocation, Surroundings surroundings)
    {
        var asked = invocation.Argument ?? "";
        var prices = surroundings.Prices.Find(asked);
        if (prices.Model is null || prices.Lines.Count == 0)
        {
            var names = surroundings.Prices.Lines.Select(l => l.Model).Distinct(StringComparer.Ordinal).ToList();
            var near = Suggestion.For(asked, names) is { Length: > 0 } one ? one : Suggestion.Containing(asked, names);
            throw new UserError(ExitCode.No, $"no price for the model '{SafeText.Short(asked)}'{near}: {prices.Explanation}");
        }

        ReportWriter.Write(
            invocation,
            surroundings,
            () => ModelPricesReport.Of(prices, surroundings.Prices.Version),
            () => PriceListReport.Data(prices.Lines));
        return ExitCode.Fine;
    }

    /// <summary>The faults of a price file.</summary>
    public static ExitCode Check(Invocation invocation, Surroundings surroundings)
    {
        if (invocation.Argument is { } path && !File.Exists(path))
        {
            throw UserError.Usage($"there is no file '{SafeText.Short(path)}' to check; without a file the built-in price list is checked");
        }

        var check = surroundings.Prices.Check(invocation.Argument);
        ReportWriter.Write(invocation, surroundings, () => PriceCheckReport.Of(check), () => PriceCheckReport.Data(check));
        return check.Faults.Count == 0 ? ExitCode.Fine : ExitCode.No;
    }
}
