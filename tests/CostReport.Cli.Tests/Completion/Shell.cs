using System.Diagnostics;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Completion;

/// <summary>A real shell with the script loaded, asked what it would offer.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What bash offers behind a line, whose words are taken apart as bash does.</summary>
    public static IReadOnlyList<string> Bash(string line)
    {
        var words = line.Replace("=", " = ", StringComparison.Ordinal).Split(' ');
        var script = $$"""
            set -u
            {{Script("bash")}}
            COMP_WORDS=({{string.Join(' ', words.Select(w => $"'{w}'"))}})
            COMP_CWORD={{words.Length - 1}}
            _costreport
            for reply in "${COMPREPLY[@]+"${COMPREPLY[@]}"}"; do printf '%s\n' "$reply"; done
            """;
        return Run("bash", ["--norc", "-c", script]);
    }

    /// <summary>What zsh offers behind a line, word by word with its meaning.</summary>
    public static IReadOnlyList<string> Zsh(string line)
    {
        // The functions of its completion system are replaced by such that print.
        var words = line.Split(' ');
        var script = $$"""
            compdef() { : }
            compset() { : }
            compadd() { shift; print -l -- "$@" }
            _files() { print FILES }
            _describe() { print -l -- "${(@P)4}" }
            {{Script("zsh")}}
            words=({{string.Join(' ', words.Select(w => $"'{w}'"))}})
            CURRENT={{words.Length}}
            _costreport
            """;
        return Run("zsh", ["-f", "-c", script]);
    }

    /// <summary>What fish offers behind a line.</summary>
    public static IReadOnlyList<string> Fish(string line) =>
        [.. Run("fish", ["--no-config", "-c", $"{Script("fish")}\ncomplete -C '{line}'"]).Select(l => l.Split('\t')[0])];

    /// <summary>Skips the test where a shell is not installed.</summary>
    public static void Require(string name)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        Assert.SkipUnless(path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name))), $"{name} is not installed");
    }

    /// <summary>The script of a shell.</summary>
    public static string Script(string shell) => new TestProgram(new FakeLedger([])).Output("completion", shell);

    private static List<string> Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience));
        Assert.Equal("", errors.GetAwaiter().GetResult());
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
