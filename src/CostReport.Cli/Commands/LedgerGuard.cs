using CostLedger;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;

namespace CostReport.Cli.Commands;

/// <summary>Keeps a report from being written over the ledger that it is made from.</summary>
internal static class LedgerGuard
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm", "-journal"];

    private static readonly StringComparison Comparison =
        OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Looks at each file that a command line wants written.</summary>
    /// <exception cref="UserError">One of them is the ledger's own.</exception>
    public static void Reject(Invocation invocation, ParsedLine line)
    {
        Reject("--html", invocation.Html, invocation);
        Reject("--chart", invocation.Chart, invocation);
        Reject(ExportSpec.Out, line.One(ExportSpec.Out), invocation);
    }

    private static void Reject(string option, string? file, Invocation invocation)
    {
        if (string.IsNullOrWhiteSpace(file) || RealPath(file) is not { } target || RealPath(invocation.Ledger ?? SqliteLedger.DefaultPath) is not { } ledger)
        {
            return;
        }

        if (Array.Exists(Suffixes, suffix => string.Equals(target, ledger + suffix, Comparison)))
        {
            throw UserError.Usage($"{option} '{SafeText.Short(file)}' is the ledger's own file, and would be overwritten; give another name");
        }
    }

    // Where links lead in the end; null for what is no path, of which others will say so.
    private static string? RealPath(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            var folder = Path.GetDirectoryName(full) is { } parent ? Target(new DirectoryInfo(parent)) : "";
            return Target(new FileInfo(Path.Combine(folder, Path.GetFileName(full))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Target(FileSystemInfo place) =>
        (place.LinkTarget is null ? null : place.ResolveLinkTarget(returnFinalTarget: true)?.FullName) ?? place.FullName;
}
