using CostLedger.Querying;
using CostLedger.Querying.Caching.Findings;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;
using CostReport.Cli.Attempts;
using CostReport.Cli.Caching;
using CostReport.Cli.Contexts;
using CostReport.Cli.Conversations;
using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Accuracy;
using CostReport.Cli.Limits;
using CostReport.Cli.Reports;
using CostReport.Cli.Statistics;
using CostReport.Cli.Tools;

namespace CostReport.Cli.Exporting;

/// <summary>A report that can be exported.</summary>
/// <param name="Name">What <c>--report</c> calls it.</param>
/// <param name="Read">Reads its rows; they may come while they are written.</param>
internal sealed record ExportedReport(string Name, Func<ExportQuestion, Dataset> Read)
{
    private const int MostBreaks = 100_000;

    private static readonly ExportedReport[] s_all =
    [
        new("calls", q => CallColumns.Of(q.Ledger.Calls(q.Invocation.Filter))),
        new("usage", q => UsageData.Of(q.Ledger.Usage(q.Invocation.Filter, q.Invocation.By, q.Invocation.Period.Zone))) { HasGroups = true },
        new("models", q => UsageData.Of(q.Ledger.Usage(q.Invocation.Filter, ModelsReport.By, q.Invocation.Period.Zone))),
        new("latency", q => LatencyData.Of(q.Ledger.Latency(q.Invocation.Filter, q.Invocation.By, q.Invocation.Period.Zone))) { HasGroups = true },
        new("errors", q => ErrorData.Of(q.Ledger.Errors(q.Invocation.Filter, q.Invocation.Period.Zone))),
        new("attempts", q => AttemptData.Of(q.Ledger.Attempts(q.Invocation.Filter, q.Invocation.By, q.Invocation.Period.Zone))) { HasGroups = true },
        new("limits", q => LimitData.Of(q.Ledger.Limits(q.Invocation.Filter, q.Surroundings.Time.GetUtcNow()))),
        new("context", q => ContextData.Of(ContextFinder.Find(q.Ledger.Conversations(q.Invocation.Filter).Conversations, q.Surroundings.Prices))),
        new("conversations", q => ConversationData.Of(DearestFirst(q))),
        new("turns", q => ConversationData.Turns(DearestFirst(q))),
        new("sessions", q => SessionData.Of(SessionSummary.Of(q.Ledger.Conversations(q.Invocation.Filter)))),
        new("tools", q => ToolData.Of(q.Ledger.Tools(q.Invocation.Filter))),
        new("cache", q => CacheData.Of(q.Ledger.Cache(q.Invocation.Filter, q.Invocation.By, q.Invocation.Period.Zone, new BreakChoice { Most = MostBreaks }))) { HasGroups = true },
        new("advice", q => AdviceData.Of(q.Ledger.CacheAdvice(q.Invocation.Filter, q.Surroundings.Prices.Book(q.Invocation.Prices)))),
        new("accuracy", q => AccuracyTables.Data(AccuracyReport.Of(q.Ledger.Estimates(q.Invocation.Filter)))),
        new("doctor", q => DoctorReport.Data(DoctorReport.Checks(q.Ledger.Check(), q.Invocation.Period))),
    ];

    /// <summary>Whether <c>--by</c> gives it rows by dimensions.</summary>
    public bool HasGroups { get; init; }

    /// <summary>Finds the report that was asked for.</summary>
    /// <param name="name">Its name; null for calls.</param>
    /// <param name="by">The dimensions that were asked for.</param>
    /// <exception cref="UserError">There is none, or it has no groups.</exception>
    public static ExportedReport Find(string? name, IReadOnlyList<Grouping> by)
    {
        var report = name is null ? s_all[0] : Array.Find(s_all, r => string.Equals(r.Name, name, StringComparison.Ordinal));
        if (report is null)
        {
            var names = s_all.Select(r => r.Name).ToList();
            throw UserError.Usage($"{ExportSpec.Report} '{SafeText.Short(name ?? "")}' is unknown{Suggestion.For(name ?? "", names)}; give one of {string.Join(", ", names)}");
        }

        return report.HasGroups || by.Count == 0
            ? report
            : throw UserError.Usage($"{ExportSpec.Report} {report.Name} has no groups: --by goes with {string.Join(", ", s_all.Where(r => r.HasGroups).Select(r => r.Name))}");
    }

    private static IReadOnlyList<CostLedger.Querying.Conversations.Conversation> DearestFirst(ExportQuestion question) =>
        [.. question.Ledger.Conversations(question.Invocation.Filter).Conversations.OrderByDescending(c => c.Totals.Cost).ThenBy(c => c.Name, StringComparer.Ordinal)];
}
