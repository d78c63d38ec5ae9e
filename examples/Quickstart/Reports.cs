using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli;
using CostReport.Cli.Commands;
using MessagesSimulator.Billing;

namespace Quickstart;

/// <summary>Reads the ledger with the command-line tool, in this process.</summary>
internal static class Reports
{
    /// <summary>Prints the summary, what became of the prompt cache and the timeline of the dearest streamed answer, and holds the ledger against the bill.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="bill">What the simulated server billed; empty when a real one was called.</param>
    /// <returns>The exit code.</returns>
    public static int Print(string ledger, Bill bill)
    {
        Console.WriteLine(Agreement(ledger, bill));
        var summary = Run("--ledger", ledger);
        var cache = Math.Max(summary, Run("cache", "--ledger", ledger));
        var call = Dearest(ledger);
        return call is null ? cache : Math.Max(cache, Run("calls", "show", call.Id.ToString(), "--ledger", ledger));
    }

    private static int Run(params string[] words)
    {
        Console.WriteLine($"\n$ costreport {string.Join(' ', words)}");
        return (int)Application.Run(words, ThisProcess.Surroundings());
    }

    private static string Agreement(string ledger, Bill bill)
    {
        using var reader = LedgerReader.Open(ledger);
        var recorded = reader.Calls(new CallFilter()).Where(call => call.MessageId is not null).ToDictionary(call => call.MessageId!, StringComparer.Ordinal);
        var agreed = bill.Lines.Count(line => recorded.TryGetValue(line.MessageId, out var call) && Agree(line, call));
        return bill.Lines.Count == 0 ? "" : $"\nThe server billed {bill.Lines.Count} messages; the ledger agrees in {agreed}.";
    }

    /// <summary>The input is known of every answer that began; the output only of those that ended.</summary>
    private static bool Agree(BillLine line, CallRecord call) =>
        (call.Usage?.InputTokens, call.Usage?.CacheReadInputTokens) == (line.Usage.InputTokens, line.Usage.CacheReadInputTokens)
        && call.Usage?.CacheCreation5mInputTokens == line.Usage.CacheCreation5mInputTokens
        && call.Usage?.CacheCreation1hInputTokens == line.Usage.CacheCreation1hInputTokens
        && (line.State != AnswerState.Complete || call.Usage?.OutputTokens == line.Usage.OutputTokens);

    private static CallRecord? Dearest(string ledger)
    {
        using var reader = LedgerReader.Open(ledger);
        return reader.Calls(new CallFilter()).Where(call => call.IsStream && call.Outcome == CallOutcome.Success).MaxBy(call => call.Cost.Total);
    }
}
