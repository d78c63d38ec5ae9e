using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;
using CostReport.Cli.World;

namespace CostReport.Cli.Conversations;

/// <summary>What sessions took.</summary>
internal static class SessionsCommand
{
    private static readonly string[] Columns =
    [
        "session", "conversations", "turns", "calls", "started_at", "ended_at", "cost_usd", "unpriced", "input_tokens", "cache_read_tokens",
        "cache_write_tokens", "output_tokens", "hit_ratio", "saved_usd", "loops",
    ];

    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var sessions = SessionSummary.Of(ledger.Conversations(invocation.Filter));
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => ConversationJson.Write(stream, sessions, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, new Dataset("sessions", Columns, sessions.Select(Row))));
                break;
            default:
                ReportWriter.People(invocation, surroundings, sessions.Count == 0
                    ? EmptyReport.Of(ConversationTables.SessionsTitle, invocation.Period, LedgerOpener.LastCall(ledger))
                    : ConversationTables.Of(sessions, invocation.Period));
                break;
        }

        return ExitCode.Fine;
    }

    private static IReadOnlyList<Field> Row(SessionSummary s) =>
    [
        Field.Of(s.Name), Field.Of(s.Conversations), Field.Of(s.Turns), Field.Of(s.Totals.Calls), Field.Of(s.First is { } first ? Rfc3339.Utc(first) : null),
        Field.Of(s.Last is { } last ? Rfc3339.Utc(last) : null), Field.Of(s.Totals.Cost), Field.Of(s.Totals.Unpriced), Field.Of(s.Totals.InputTokens),
        Field.Of(s.Totals.CacheReadTokens), Field.Of(s.Totals.CacheWriteTokens), Field.Of(s.Totals.OutputTokens), Field.Of(ConversationData.Ratio(s.Totals.HitRatio)),
        Field.Of(s.Totals.SavedByCache), Field.Of(s.Loops),
    ];
}
