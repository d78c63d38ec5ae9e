using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Reports;

/// <summary>What a report says where there is nothing to report: what to do next.</summary>
internal static class EmptyReport
{
    /// <summary>Makes the report, with what may be wrong with the filters that were asked for.</summary>
    /// <param name="title">The title of the report that would be there.</param>
    /// <param name="invocation">What was asked for.</param>
    /// <param name="lastCall">When the ledger's last call was; null when it holds none.</param>
    public static Report Of(string title, Invocation invocation, DateTimeOffset? lastCall)
    {
        var whole = invocation.Filter.Models.FirstOrDefault(model => !model.Contains('*', StringComparison.Ordinal) && !model.Contains('?', StringComparison.Ordinal));
        return Of(title, invocation.Period, lastCall, whole is null ? "" : $" --model compares whole names: --model '*{SafeText.Short(whole)}*' takes all that contain it.");
    }

    /// <summary>Makes the report.</summary>
    /// <param name="title">The title of the report that would be there.</param>
    /// <param name="period">The period.</param>
    /// <param name="lastCall">When the ledger's last call was; null when it holds none.</param>
    /// <param name="hint">What else may help, with a space in front; nothing for nothing.</param>
    public static Report Of(string title, Period period, DateTimeOffset? lastCall, string hint = "") => new(
        title,
        Wording.Of(period),
        [
            new Section
            {
                Notes = lastCall is { } last
                    ?
                    [
                        new Cell("No call matches.", Tone.Strong),
                        new Cell($"The ledger's last call was at {Figures.Minute(period.Local(last))}. {Advice(period)}{hint}"),
                    ]
                    :
                    [
                        new Cell("The ledger holds no calls yet.", Tone.Strong),
                        new Cell("Send a call through an HttpClient that has the handler: new HttpClient(new MessagesTelemetryHandler()), or AddMessagesTelemetry() on an IHttpClientBuilder."),
                        new Cell("The handler and this program must use the same ledger: $COSTLEDGER_PATH or --ledger."),
                    ],
            },
        ]);

    // What a filter leaves nothing of; a period that begins with the first call cannot be longer.
    private static string Advice(Period period) => period.Since is null
        ? "Take a filter away."
        : "Ask for a longer period (--since) or take a filter away.";

    /// <summary>Makes the report where there are calls, but none that it tells of.</summary>
    /// <param name="title">The title of the report that would be there.</param>
    /// <param name="period">The period.</param>
    /// <param name="what">What there is none of.</param>
    /// <param name="advice">What to do.</param>
    public static Report Without(string title, Period period, string what, string advice) =>
        new(title, Wording.Of(period), [new Section { Notes = [new Cell(what, Tone.Strong), new Cell(advice)] }]);
}
