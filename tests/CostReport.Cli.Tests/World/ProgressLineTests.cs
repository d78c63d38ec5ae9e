using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.World;

/// <summary>Long work says how far it has come, on a terminal alone.</summary>
public sealed class ProgressLineTests
{
    [Theory]
    [InlineData("prices reprice --dry-run", "Pricing again: 1,234 calls so far")]
    [InlineData("whatif --no-cache", "Playing again: 256 calls so far")]
    public async Task Long_work_shows_a_line_that_is_gone_at_the_end(string command, string expected)
    {
        using var ledger = await WrittenLedger.OfAsync(Enumerable.Range(0, 300).Select(i => Sample.Call(Sample.Now.AddHours(-i - 1), i)));
        using var terminal = new StringWriter();

        var (_, output, errors) = Program(ledger, terminal, new HurryingTime(TimeSpan.FromSeconds(1))).Run(command.Split(' '));

        Assert.Equal($"\r\e[K{expected}\r\e[K", terminal.ToString());
        Assert.DoesNotContain('\e', output);
        Assert.Equal("", errors);
    }

    [Fact]
    public async Task Work_that_is_soon_done_shows_nothing()
    {
        using var ledger = await WrittenLedger.OfAsync(Enumerable.Range(0, 300).Select(i => Sample.Call(Sample.Now.AddHours(-i - 1), i)));
        using var terminal = new StringWriter();

        Program(ledger, terminal, new HurryingTime(TimeSpan.FromMilliseconds(1))).Run("whatif", "--no-cache");

        Assert.Equal("", terminal.ToString());
    }

    private static TestProgram Program(WrittenLedger ledger, StringWriter terminal, TimeProvider time) => new(new FakeLedger([]))
    {
        Open = _ => new CostReport.Cli.Sources.LedgerSource(CostLedger.Querying.LedgerReader.Open(ledger.Path)),
        Terminal = terminal,
        Time = time,
    };

    // Whenever somebody looks at this clock, it has moved on.
    private sealed class HurryingTime(TimeSpan step) : TimeProvider
    {
        private long _looks;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Sample.Now;

        public override long GetTimestamp() => ++_looks * step.Ticks;
    }
}
