namespace Testing;

/// <summary>While a test project runs, handlers that are told of no ledger write to one in a folder of its own, not to that of the machine's user.</summary>
public sealed class OwnLedger : IDisposable
{
    private const string Variable = "COSTLEDGER_PATH";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("own-ledger-");

    /// <summary>Sets the path of the process's ledger.</summary>
    public OwnLedger() => Environment.SetEnvironmentVariable(Variable, Path.Combine(_folder.FullName, "ledger.db"));

    /// <inheritdoc/>
    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _folder.Delete(recursive: true);
    }
}
