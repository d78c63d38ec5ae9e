using MessagesSimulator.Billing;

namespace Quickstart;

/// <summary>Holds the place of AfterMerge/Reports.cs until the command-line tool can be run in this process.</summary>
internal static class Reports
{
    public static int Print(string ledger, Bill bill)
    {
        Console.WriteLine($"\n{bill.Lines.Count} messages were billed.\n\n$ costreport --ledger {ledger}");
        return 0;
    }
}
