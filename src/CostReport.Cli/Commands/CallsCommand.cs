using CostReport.Cli.Arguments;
using CostReport.Cli.Calls;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>The list of calls.</summary>
internal static class CallsCommand
{
    private const int DefaultLast = 20;

    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        if (invocation.Format == OutputFormat.Json)
        {
            ReportWriter.Bytes(surroundings, stream => CallJson.Write(stream, ledger.Calls(invocation.Filter, invocation.Last)));
            return ExitCode.Fine;
        }

        if (invocation.Format == OutputFormat.Csv)
        {
            ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, CallData.Of(ledger.Calls(invocation.Filter, invocation.Last))));
            return ExitCode.Fine;
        }

        var last = invocation.Last ?? DefaultLast;
        var calls = ledger.Calls(invocation.Filter, last).ToList();
        ReportWriter.People(invocation, surroundings, calls.Count == 0
            ? EmptyReport.Of("Calls", invocation, LedgerOpener.LastCall(ledger))
            : CallsTable.Of(calls, invocation.Period, last));
        return ExitCode.Fine;
    }
}
