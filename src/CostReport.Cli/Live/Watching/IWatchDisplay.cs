using CostReport.Cli.Arguments;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Live.Watching;

/// <summary>Where a watched ledger is shown.</summary>
internal interface IWatchDisplay : IDisposable
{
    /// <summary>Whether what is shown must be drawn again though nothing has changed in the ledger.</summary>
    bool IsStale { get; }

    /// <summary>Makes what is to be shown.</summary>
    string Make(ILedgerSource ledger, Invocation invocation);

    /// <summary>Shows it.</summary>
    void Show(string text);

    /// <summary>Shows why there is nothing.</summary>
    void Trouble(string text);
}
