using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Sources;
using Testing;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>A real ledger in a folder of its own, for what no double can answer.</summary>
internal sealed class WrittenLedger : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costreport-");

    private WrittenLedger()
    {
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "ledger.db");

    public static async Task<WrittenLedger> OfAsync(IEnumerable<CallRecord> calls)
    {
        var written = new WrittenLedger();
        await using var ledger = PatientLedger.Open(written.Path);
        foreach (var call in calls)
        {
            await ledger.WriteAsync(call, default);
        }

        return written;
    }

    /// <summary>Runs the program over it.</summary>
    public TestProgram Program(int width = 80, bool hasColor = false) => new(new FakeLedger([]))
    {
        Screen = new(width, hasColor, Ascii: false),
        Open = _ => new LedgerSource(LedgerReader.Open(Path)),
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
