using CostLedger.Querying;
using CostReport.Cli.Arguments;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.Whatifs.Answering;
using CostReport.Cli.Whatifs.Assuming;
using CostReport.Cli.Whatifs.Showing;
using CostReport.Cli.World;

namespace CostReport.Cli.Whatifs;

/// <summary>What calls would have cost under another assumption.</summary>
internal static class WhatifCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, ParsedLine line, Surroundings surroundings)
    {
        PriceFileOption.RejectFaulty(invocation, surroundings);
        var prices = surroundings.Prices.Book(invocation.Prices);
        var assumption = AssumptionReader.Read(line, prices);
        var groups = new Grouper(invocation.By, invocation.Period);
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var engine = new WhatifEngine(prices, assumption);
        Answer answer;
        using (var progress = surroundings.Begin(assumption.NeedsReplay ? "playing calls again" : "pricing calls anew", "calls"))
        {
            answer = engine.Answer(ledger.Traffic(FilterOf(invocation, line), assumption.NeedsReplay ? WhatifEngine.Before : null), groups, progress);
        }

        switch (invocation.Format)
        {
            case OutputFormat.Json:
                ReportWriter.Bytes(surroundings, stream => WhatifJson.Write(stream, answer, invocation.Period));
                break;
            case OutputFormat.Csv:
                ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, WhatifData.Of(answer)));
                break;
            default:
                ReportWriter.People(invocation, surroundings, answer.Totals.Calls == 0
                    ? EmptyReport.Of(WhatifTables.Title(assumption), invocation, LedgerOpener.LastCall(ledger))
                    : WhatifTables.Of(answer, invocation.Period));
                break;
        }

        return ExitCode.Fine;
    }

    // Here --model is the model that is assumed; the filter has a name of its own.
    private static CallFilter FilterOf(Invocation invocation, ParsedLine line) =>
        invocation.Filter with { Models = InvocationReader.ReadGlobs(line, "--from-model") };
}
