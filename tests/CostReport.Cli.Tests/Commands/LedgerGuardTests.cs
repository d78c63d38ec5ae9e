using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Commands;

public sealed class LedgerGuardTests
{
    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    [InlineData("-journal")]
    public async Task Calls_are_not_exported_over_the_ledger(string suffix)
    {
        using var ledger = await WrittenLedger.OfAsync(Sample.TwoWeeks());
        var before = File.ReadAllBytes(ledger.Path);
        var file = Path.Combine(Path.GetDirectoryName(ledger.Path)!, ".", "ledger.db" + suffix);

        var (code, output, errors) = ledger.Program().Run("export", "--ledger", ledger.Path, "--out", file);

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.StartsWith("costreport: --out '", errors, StringComparison.Ordinal);
        Assert.EndsWith("' is the ledger's own file, and would be overwritten; give another name\n", errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(ledger.Path));
    }

    [Theory]
    [InlineData("--chart", "ledger.svg")]
    [InlineData("--html", "ledger.html")]
    public async Task A_picture_or_page_is_not_written_over_a_ledger_that_is_named_like_one(string option, string name)
    {
        using var ledger = await WrittenLedger.OfAsync(Sample.TwoWeeks());
        var named = Path.Combine(Path.GetDirectoryName(ledger.Path)!, name);
        File.Copy(ledger.Path, named);

        var (code, _, errors) = ledger.Program().Run("--ledger", named, option, named);

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains("is the ledger's own file", errors, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(ledger.Path), File.ReadAllBytes(named));
    }

    [Fact]
    public async Task Links_to_the_ledger_and_to_its_folder_are_seen_through()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var ledger = await WrittenLedger.OfAsync(Sample.TwoWeeks());
        var folder = Directory.CreateTempSubdirectory("links-");
        try
        {
            var toFile = Path.Combine(folder.FullName, "calls.csv");
            var toFolder = Path.Combine(folder.FullName, "data");
            var toNothingYet = Path.Combine(folder.FullName, "journal.csv");
            File.CreateSymbolicLink(toFile, ledger.Path);
            File.CreateSymbolicLink(toNothingYet, ledger.Path + "-journal");
            Directory.CreateSymbolicLink(toFolder, Path.GetDirectoryName(ledger.Path)!);

            Assert.All(
                [toFile, toNothingYet, Path.Combine(toFolder, "ledger.db")],
                file => Assert.Equal(ExitCode.WrongUsage, ledger.Program().Run("export", "--ledger", ledger.Path, "--out", file).Code));
            Assert.Equal(ExitCode.WrongUsage, ledger.Program().Run("export", "--ledger", toFile, "--out", ledger.Path).Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Other_files_beside_the_ledger_are_written()
    {
        using var ledger = await WrittenLedger.OfAsync(Sample.TwoWeeks());
        var file = ledger.Path + ".csv";

        ledger.Program().Output("export", "--ledger", ledger.Path, "--out", file);

        Assert.StartsWith("id,started_at,", File.ReadAllText(file), StringComparison.Ordinal);
    }
}
