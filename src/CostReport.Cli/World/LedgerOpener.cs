using CostLedger.Querying;
using CostReport.Cli.Arguments;
using CostReport.Cli.Sources;

namespace CostReport.Cli.World;

/// <summary>Opens the ledger that was asked for.</summary>
internal static class LedgerOpener
{
    /// <summary>Opens it.</summary>
    /// <exception cref="UserError">The path cannot be read at all.</exception>
    public static ILedgerSource Open(Invocation invocation, Surroundings surroundings)
    {
        // A schema that is brought up to date, or what a spool holds, can take its time.
        using var progress = surroundings.Begin("opening the ledger");
        try
        {
            return surroundings.OpenLedger(invocation.Ledger);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var which = invocation.Ledger is { } path ? $"the ledger '{SafeText.Short(path)}'" : "the default ledger";
            throw new UserError(ExitCode.NoLedger, $"{which} cannot be opened ({error.Message}); give another with --ledger PATH");
        }
    }

    /// <summary>When the ledger's last call was; null when it holds none.</summary>
    public static DateTimeOffset? LastCall(ILedgerSource ledger) =>
        ledger.Calls(new CallFilter(), last: 1).Select(c => (DateTimeOffset?)c.StartedAt).LastOrDefault();
}
