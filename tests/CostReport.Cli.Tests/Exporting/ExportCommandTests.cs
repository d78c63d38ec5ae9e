using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Exporting;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Exporting;

/// <summary>Rows for other programs: complete, exact, whole files or none.</summary>
public sealed class ExportCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("export-");
    private WrittenLedger? _dialogue;

    public static TheoryData<string> Reports =>
    [
        "calls", "usage", "models", "latency", "errors", "attempts", "limits", "context", "conversations", "turns", "sessions", "tools", "cache",
        "advice", "accuracy", "doctor",
    ];

    public async ValueTask InitializeAsync() => _dialogue = await WrittenLedger.OfAsync(SampleDialogue.All());

    public ValueTask DisposeAsync()
    {
        _dialogue?.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public void Calls_are_as_approved(string format) =>
        Approval.Verify(Program().Output("export", "--since", "2d", "--format", format), $"export-calls.{format}");

    [Theory]
    [MemberData(nameof(Reports))]
    public void Every_report_has_the_same_rows_in_both_forms(string report)
    {
        var csv = Dialogue().Output("export", "--report", report).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var lines = Dialogue().Output("export", "--report", report, "--format", "jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(csv.Length - 1, lines.Length);
        foreach (var line in lines)
        {
            using var row = JsonDocument.Parse(line);
            Assert.Equal(csv[0].Split(','), row.RootElement.EnumerateObject().Select(p => p.Name));
        }
    }

    [Theory]
    [InlineData("conversations", "conversations")]
    [InlineData("sessions", "sessions")]
    [InlineData("tools", "tools")]
    [InlineData("latency", "latency")]
    [InlineData("usage --by day,model", "--by day,model")]
    public void The_rows_are_those_of_the_command_itself(string report, string command) => Assert.Equal(
        Dialogue().Output([.. $"{command} --format csv".Split(' ')]),
        Dialogue().Output([.. $"export --report {report}".Split(' ')]));

    [Fact]
    public void What_calls_cost_is_all_in_the_file()
    {
        var file = At("calls.csv");

        Assert.Equal("", Dialogue().Output("export", "--out", file));

        var lines = File.ReadAllText(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var column = lines[0].Split(',').ToList().IndexOf("cost_usd");
        Assert.Equal(
            SampleDialogue.All().Sum(call => call.Cost.Total!.Value.Value),
            lines[1..].Sum(line => (long)(decimal.Parse(line.Split(',')[column], CultureInfo.InvariantCulture) * NanoUsd.PerDollar)));
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void Tags_and_marks_stay_what_they_are()
    {
        var call = Sample.Call(Sample.Now.AddHours(-1), 1) with
        {
            Labels = new CallLabels { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["te;am"] = "a=\"b\",c\n" } },
            Faults = ["malformed_json"],
        };
        var program = new TestProgram(new FakeLedger([call]));

        using var row = JsonDocument.Parse(program.Output("export", "--format", "jsonl"));

        Assert.Equal("a=\"b\",c\n", row.RootElement.GetProperty("tags").GetProperty("te;am").GetString());
        Assert.Equal("malformed_json", row.RootElement.GetProperty("faults")[0].GetString());
        Assert.Contains("\"{\"\"te;am\"\":\"\"a=\\\"\"b\\\"\",c\\n\"\"}\"", program.Output("export"), StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_make_neither_lines_nor_formulas_nor_commands()
    {
        var calls = HostileNames.All.Select((name, i) => HostileNames.Call(name, i)).ToList();
        var program = new TestProgram(new FakeLedger(calls));

        var lines = program.Output("export", "--format", "jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var csv = program.Output("export");

        Assert.Equal(calls.Count, lines.Length);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        Assert.DoesNotContain(csv, c => char.IsControl(c) && c is not ('\r' or '\n' or '\t'));
        Assert.DoesNotMatch(new Regex(",[=+@]", RegexOptions.None, TimeSpan.FromSeconds(5)), csv);
    }

    [Fact]
    public void Rows_are_written_while_calls_are_read()
    {
        var read = 0;
        IEnumerable<CallRecord> Calls()
        {
            for (; read < 5_000; read++)
            {
                yield return Sample.Call(Sample.Now.AddSeconds(-read), read);
            }
        }

        using var lines = new Watched(() => read);
        CostReport.Cli.Output.JsonOutput.Lines(lines, CallColumns.Of(Calls()));

        Assert.InRange(lines.MostAtOnce, 1, 50);
        Assert.Equal(5_000, lines.Lines);
    }

    [Fact]
    public void An_empty_ledger_has_a_line_of_names_or_nothing()
    {
        var program = new TestProgram(new FakeLedger([]));

        Assert.StartsWith("id,started_at,", program.Output("export"), StringComparison.Ordinal);
        Assert.Single(program.Output("export").Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", program.Output("export", "--format", "jsonl"));
    }

    [Theory]
    [InlineData("export --report sesions", "--report 'sesions' is unknown (did you mean 'sessions'?); give one of calls, usage, ")]
    [InlineData("export --report errors --by day", "--report errors has no groups: --by goes with usage, latency, attempts, cache")]
    [InlineData("export --by day", "--report calls has no groups")]
    [InlineData("export --format json", "--format 'json' is unknown (did you mean 'jsonl'?); give one of csv, jsonl")]
    [InlineData("calls --format jsonl", "--format 'jsonl' is unknown (did you mean 'json'?); give one of table, json, csv, markdown")]
    [InlineData("export --out ", "--out is empty")]
    public void What_cannot_be_is_refused_with_what_can(string line, string expected)
    {
        var (code, output, errors) = Program().Run(line.Split(' '));

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing/calls.csv", "there is no folder '")]
    [InlineData("folder.csv", "it is a folder")]
    public void A_file_that_cannot_be_written_is_one_line_and_nothing_beside_it(string name, string expected)
    {
        _folder.CreateSubdirectory("folder.csv");

        var (code, _, errors) = Program().Run("export", "--out", At(name));

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains($"calls.csv' cannot be written: {expected}".Replace("calls.csv", Path.GetFileName(name), StringComparison.Ordinal), errors, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", errors, StringComparison.Ordinal);
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void An_export_that_fails_halfway_leaves_the_old_file()
    {
        var file = At("calls.csv");
        File.WriteAllText(file, "old");
        IEnumerable<CallRecord> Broken()
        {
            yield return Sample.Call(Sample.Now, 1);
            throw new IOException("the disk is gone");
        }

        var data = CallColumns.Of(Broken());
        var error = Assert.Throws<UserError>(() => CostReport.Cli.World.WholeFile.Write("--out", file, beside =>
        {
            using var stream = File.Create(beside);
            CostReport.Cli.Output.JsonOutput.Lines(stream, data);
        }));

        Assert.Contains("the disk is gone", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void What_a_link_points_to_is_written_and_the_link_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var (first, last) = (At("first.csv"), At("last.csv"));
        File.CreateSymbolicLink(At("middle.csv"), "last.csv");
        File.CreateSymbolicLink(first, "middle.csv");

        Program().Output("export", "--out", first);
        var whenNew = File.ReadAllText(last);
        File.WriteAllText(last, "old");
        Program().Output("export", "--out", first);

        Assert.Equal(whenNew, File.ReadAllText(last));
        Assert.Equal("middle.csv", new FileInfo(first).LinkTarget);
        Assert.Equal(3, _folder.GetFileSystemInfos().Length);
    }

    [Fact]
    public void A_device_is_written_to_and_stays_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "devices have other places there");
        File.CreateSymbolicLink(At("nothing.csv"), "/dev/null");

        Program().Output("export", "--out", "/dev/null");
        Program().Output("export", "--out", At("nothing.csv"));

        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.Equal("/dev/null", new FileInfo(At("nothing.csv")).LinkTarget);
        Assert.Empty(File.ReadAllBytes("/dev/null"));
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_stays_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes have no names there");
        var pipe = At("pipe.csv");
        using var maker = Process.Start("mkfifo", pipe);
        await maker.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var reader = Process.Start(new ProcessStartInfo("cat", pipe) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var reading = reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Program().Output("export", "--out", pipe);

        Assert.Equal(Program().Output("export"), await reading);
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void Every_column_of_calls_is_documented_in_its_order()
    {
        var text = File.ReadAllText(Path.Combine(Approval.Repository(), "docs", "export.md"));

        var documented = Regex.Matches(text, "^\\| `(?<name>[a-z0-9_]+)` \\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(m => m.Groups["name"].Value);

        Assert.Equal(CallColumns.Of([]).Columns, documented);
    }

    private static TestProgram Program() => new(new FakeLedger(Sample.TwoWeeks()));

    private TestProgram Dialogue() => _dialogue!.Program();

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Counts lines, and how many calls were read between two writes.</summary>
    private sealed class Watched(Func<int> read) : MemoryStream
    {
        private int _before;

        public int MostAtOnce { get; private set; }

        public int Lines { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Lines += buffer.Count((byte)'\n');
            MostAtOnce = Math.Max(MostAtOnce, read() - _before);
            _before = read();
        }
    }
}
