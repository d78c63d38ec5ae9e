using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Reports;

/// <summary>What a report says where there is nothing to report: what to do next.</summary>
internal static class EmptyReport
{
    /// <summary>Makes the report.</summary>
    /// <param name="title">The title of the report that would be there.</param>
    /// <param name="period">The period.</param>
    /// <param name="lastCall">When the ledger's last call was; null when it holds none.</param>
    public static Report Of(string title, Period period, DateTimeOffset? lastCall) => new(
        title,
        Wording.Of(period),
        [
            new Section
            {
                Notes = lastCall is { } last
                    ?
                    [
                        new Cell("No call matches.", Tone.Strong),
                        new Cell($"The ledger's last call was at {Figures.Minute(period.Local(last))}. Ask for a longer period (--since) or take a filter away."),
                    ]
                    :
                    [
                        new Cell("The ledger holds no calls yet.", Tone.Strong),
                        new Cell("Send a call through an HttpClient that has the handler: new HttpClient(new MessagesTelemetryHandler()), or AddMessagesTelemetry() on an IHttpClientBuilder."),
                        new Cell("The handler and this program must use the same ledger: $COSTLEDGER_PATH or --ledger."),
                    ],
            },
        ]);

    /// <summary>Makes the report where there are calls, but none that it tells of.</summary>
    /// <param name="title">The title of the report that would be there.</param>
    /// <param name="period">The period.</param>
    /// <param name="what">What there is none of.</param>
    /// <param name="advice">What to do.</param>
    public static Report Without(string title, Period period, string what, string advice) =>
        new(title, Wording.Of(period), [new Section { Notes = [new Cell(what, Tone.Strong), new Cell(advice)] }]);
}
