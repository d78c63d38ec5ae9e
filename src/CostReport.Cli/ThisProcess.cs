using System.Globalization;
using CostLedger;
using CostLedger.Querying;
using CostReport.Cli.Output;
using CostReport.Cli.Sources;
using CostReport.Cli.World;
using Microsoft.Win32.SafeHandles;

namespace CostReport.Cli;

/// <summary>The world as this process finds it.</summary>
internal static class ThisProcess
{
    private const int StandardOutput = 1;
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>The surroundings for commands.</summary>
    public static Surroundings Surroundings() => new()
    {
        Output = new OutputPipe(OpenOutput()),
        Errors = Console.Error,
        Time = TimeProvider.System,
        Version = BuildInfo.Version,
        Screen = Screen,
        OpenLedger = path => new LedgerSource(LedgerReader.Open(path ?? SqliteLedger.DefaultPath)),
        Prices = new BuiltInPrices(),
        SearchPath = Variable("PATH"),
        Input = Console.OpenStandardInput,
        Stamp = path => LedgerStamp.Of(path ?? SqliteLedger.DefaultPath),
    };

    // The console's own stream says nothing when a pipe's reader is gone, and a long list would be written to nobody.
    // A redirected file keeps the console's stream, which appends where the shell stands.
    private static Stream OpenOutput()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            var pipe = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return pipe;
            }
        }

        return Console.OpenStandardOutput();
    }

    private static Screen Screen()
    {
        if (Console.IsOutputRedirected)
        {
            return new Screen(Columns() ?? Output.Screen.Unlimited, HasColor: false, Ascii: false);
        }

        var terminal = Variable("TERM");
        var width = Console.WindowWidth;
        var isDumb = Is(terminal, "dumb");
        return new Screen(width > 0 ? width : Columns() ?? 80, Variable("NO_COLOR").Length == 0 && !isDumb, !SpeaksUnicode(terminal))
        {
            Height = isDumb || Console.WindowHeight <= 0 ? null : Console.WindowHeight,
        };
    }

    private static int? Columns() => int.TryParse(Variable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns : null;

    private static bool SpeaksUnicode(string terminal)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = System.Text.Encoding.UTF8;
            return true;
        }

        var locale = LocaleVariables.Select(Variable).FirstOrDefault(v => v.Length > 0, "");
        return !Is(terminal, "linux") && (locale.Length == 0 || locale.Contains("UTF", StringComparison.OrdinalIgnoreCase));
    }

    private static bool Is(string value, string expected) => string.Equals(value, expected, StringComparison.Ordinal);

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
