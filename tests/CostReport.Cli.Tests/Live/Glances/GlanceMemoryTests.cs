using CostReport.Cli.Live.Glances;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.World;
using Xunit;

namespace CostReport.Cli.Tests.Live.Glances;

public sealed class GlanceMemoryTests : IDisposable
{
    private static readonly LedgerStamp s_stamp = new(4096, DateTime.UnixEpoch);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("glance-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "ledger.db.statusline");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_line_is_found_again_by_its_question()
    {
        Memory().Keep("today", "$1.23 · today");
        Memory().Keep("hour", "$0.10");

        Assert.Equal("$1.23 · today", Memory().Find("today"));
        Assert.Equal("$0.10", Memory().Find("hour"));
        Assert.Null(Memory().Find("week"));
    }

    [Fact]
    public void A_ledger_that_has_changed_is_asked_again()
    {
        Memory().Keep("today", "$1.23");

        Assert.Null(Memory(s_stamp with { Size = 8192 }).Find("today"));
        Assert.Null(Memory(s_stamp with { Written = DateTime.UnixEpoch.AddTicks(1) }).Find("today"));
        Assert.Null(Memory(default(LedgerStamp)).Find("today"));
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    [InlineData(-1, false)]
    public void A_line_is_kept_for_a_minute(int seconds, bool isKept)
    {
        Memory().Keep("today", "$1.23");

        Assert.Equal(isKept, new GlanceMemory(Path, s_stamp, new FixedTime(Sample.Now.AddSeconds(seconds))).Find("today") is not null);
    }

    [Fact]
    public void Few_lines_are_kept_and_the_newest_of_each_question()
    {
        for (var i = 0; i < 50; i++)
        {
            Memory().Keep($"question {i % 20}", $"answer {i}");
        }

        Assert.Equal(8, File.ReadAllLines(Path).Length);
        Assert.Equal("answer 49", Memory().Find("question 9"));
        Assert.DoesNotContain("question", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\n\t\t\t\t\n")]
    [InlineData("x\ty")]
    [InlineData("{\"today\": 1}")]
    public void What_is_no_memory_is_forgotten(string text)
    {
        File.WriteAllText(Path, text);

        Assert.Null(Memory().Find("today"));
        Memory().Keep("today", "$1.23");
        Assert.Equal("$1.23", Memory().Find("today"));
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        Memory().Keep("today", "$1.23");
        File.AppendAllText(Path, new string('x', 70_000));

        Assert.Null(Memory().Find("today"));
    }

    [Fact]
    public void Where_nothing_can_be_written_nothing_is_remembered()
    {
        var nowhere = new GlanceMemory(System.IO.Path.Combine(_folder.FullName, "none", "x"), s_stamp, new FixedTime(Sample.Now));

        nowhere.Keep("today", "$1.23");

        Assert.Null(nowhere.Find("today"));
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        Memory().Keep("today", "$1.23");

        Assert.Equal([Path], _folder.GetFiles().Select(f => f.FullName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    private GlanceMemory Memory(LedgerStamp? stamp = null) => new(Path, stamp ?? s_stamp, new FixedTime(Sample.Now));
}
