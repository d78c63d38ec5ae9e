using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Calls;
using CostReport.Cli.Output;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>One call.</summary>
internal static class CallShowCommand
{
    private const int ShortestId = 4;

    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        var id = invocation.Argument ?? "";
        if (id.Length < ShortestId)
        {
            throw UserError.Usage($"'{SafeText.Short(id)}' is too short for an id; give {ShortestId} characters or more, as 'costreport calls' shows them");
        }

        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var call = Only(ledger.Find(id), id);
        var explained = ExplainedCost.Of(call, ledger, surroundings.Prices);
        if (invocation.Format == OutputFormat.Json)
        {
            ReportWriter.Bytes(surroundings, stream => CallJson.Write(stream, call, explained));
        }
        else
        {
            ReportWriter.Write(invocation, surroundings, () => CallReport.Of(call, explained, invocation.Period), () => TermData.Of(explained.Breakdown));
        }

        return call.Cost.Basis == CostBasis.Unpriced ? ExitCode.No : ExitCode.Fine;
    }

    private static CallRecord Only(IReadOnlyList<CallRecord> found, string id) => found switch
    {
        [var call] => call,
        [] => throw new UserError(ExitCode.No, $"no call has the id '{SafeText.Short(id)}'; 'costreport calls' lists them"),
        _ => throw UserError.Usage($"'{SafeText.Short(id)}' fits several calls; give more of one of: {string.Join(", ", found.Select(c => c.Id))}"),
    };
}
