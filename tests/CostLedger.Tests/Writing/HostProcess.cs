using System.Diagnostics;
using System.Globalization;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Writing;

/// <summary>A process of tests/LedgerHost, and what it said about its calls.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly Task<string> _errors;
    private string _lastWord = "";

    /// <param name="ledger">The ledger.</param>
    /// <param name="callers">Concurrent callers.</param>
    /// <param name="calls">Calls each makes.</param>
    /// <param name="waitMs">The longest wait of a caller.</param>
    /// <param name="fileSizeLimitKb">The size at which writing to any file fails; null for none.</param>
    public HostProcess(string ledger, int callers, int calls, int waitMs = 60_000, int? fileSizeLimitKb = null)
    {
        var host = Path.Combine(AppContext.BaseDirectory, "LedgerHost.dll");
        var arguments = string.Create(CultureInfo.InvariantCulture, $"exec \"{host}\" \"{ledger}\" {callers} {calls} {waitMs}");
        var start = fileSizeLimitKb is { } limit

            // SIGXFSZ ignored, a write beyond the limit fails as on a full disk. The runtime's own large files must then not be used.
            ? new ProcessStartInfo("bash", ["-c", string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {limit}; DOTNET_EnableWriteXorExecute=0 exec dotnet {arguments}")])
            : new ProcessStartInfo("dotnet", arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>What the host said of every call, by call, last word only.</summary>
    public Dictionary<CallId, string> Said { get; } = [];

    public IEnumerable<CallId> That(params string[] words) => Said.Where(said => words.Contains(said.Value, StringComparer.Ordinal)).Select(said => said.Key);

    /// <summary>Listens until so many lines are said.</summary>
    public void ListenTo(int lines)
    {
        for (var i = 0; i < lines && Listen(); i++)
        {
        }
    }

    /// <summary>Listens until a word was said so often. The pipe may first hold much that was said before.</summary>
    public void ListenFor(string word, int times)
    {
        while (times > 0 && Listen())
        {
            times -= string.Equals(_lastWord, word, StringComparison.Ordinal) ? 1 : 0;
        }
    }

    /// <summary>Ends the process as a crash of the machine's memory would: at once, with no chance to do anything. Then hears what was still said.</summary>
    public void Kill()
    {
        _process.Kill();
        ListenTo(int.MaxValue);
        _process.WaitForExit();
    }

    public void ListenToTheEnd()
    {
        ListenTo(int.MaxValue);
        Assert.True(_process.WaitForExit(Limit), "the host did not end");
        Assert.True(_process.ExitCode == 0, _errors.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private bool Listen()
    {
        if (_process.StandardOutput.ReadLine() is not { } line)
        {
            return false;
        }

        // A line that the kill cut says nothing.
        if (line.Split(' ') is [var word, var id] && CallId.TryParse(id, out var call))
        {
            Said[call] = _lastWord = word;
        }

        return true;
    }
}
