using CostReport.Cli.Progress;
using CostReport.Cli.Sources;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Progress;

public sealed class ProgressLineTests : IDisposable
{
    private readonly ManualTime _time = new(Sample.Now);
    private readonly StringWriter _errors = new();

    [Fact]
    public void Work_that_is_soon_done_is_not_spoken_of()
    {
        using (var line = Begin())
        {
            line.Report(1_000);
            _time.Advance(ProgressLine.Patience - TimeSpan.FromTicks(1));
        }

        Assert.Equal("", _errors.ToString());
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public void Long_work_is_drawn_over_in_place_and_erased_at_the_end()
    {
        using (var line = Begin())
        {
            _time.Advance(ProgressLine.Patience);
            line.Report(1_234_567);
            _time.Advance(ProgressLine.Every * 3);
        }

        const string First = "costreport: pricing... 0 s";
        const string Second = "costreport: pricing... 1,234,567 attempts, 0 s";
        const string Last = "costreport: pricing... 1,234,567 attempts, 1 s";
        Assert.Equal($"\r{First}\r{Second}\r{Second.Replace("0 s", "1 s", StringComparison.Ordinal)}\r{Last}\r{new string(' ', Last.Length)}\r", _errors.ToString());
    }

    [Fact]
    public void A_shorter_line_leaves_nothing_of_the_longer_one()
    {
        using var line = Begin();
        line.Report(1_000_000);
        _time.Advance(ProgressLine.Patience);
        line.Report(1);
        _time.Advance(ProgressLine.Every);

        var drawn = _errors.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, drawn.Length);
        Assert.Equal(drawn[0].Length, drawn[1].Length);
        Assert.Equal("costreport: pricing... 1 attempts, 0 s", drawn[1].TrimEnd());
    }

    [Fact]
    public void It_is_drawn_at_most_five_times_a_second_and_fits_a_narrow_terminal()
    {
        using (var line = Begin())
        {
            for (var i = 0; i < 60_000; i++)
            {
                line.Report(long.MaxValue / 1_000_000);
                _time.Advance(TimeSpan.FromMilliseconds(1));
            }
        }

        var drawn = _errors.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(drawn.Length, 60, 60 * 5);
        Assert.All(drawn, text => Assert.InRange(text.Length, 1, 79));
    }

    [Fact]
    public void Where_standard_error_is_no_terminal_there_is_none()
    {
        using (var line = Begin(errors: null))
        {
            line.Report(1);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("", _errors.ToString());
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public void A_terminal_that_is_gone_does_not_end_the_work()
    {
        using var gone = new GoneWriter();
        using var line = Begin(gone);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(1, gone.Tries);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    public void Pricing_again_shows_how_far_it_is_and_leaves_the_report_as_it_is(string format)
    {
        var prices = new FakePrices
        {
            Repricing = progress =>
            {
                progress.Report(500);
                _time.Advance(TimeSpan.FromSeconds(2));
            },
        };
        var expected = Program(new FakePrices(), isTerminal: true).Run("prices", "reprice", "--format", format);

        var (code, output, errors) = Program(prices, isTerminal: true).Run("prices", "reprice", "--format", format);

        Assert.Equal((expected.Code, expected.Output), (code, output));
        Assert.Equal("", expected.Errors);
        Assert.StartsWith("\rcostreport: pricing... 500 attempts, 0 s\r", errors, StringComparison.Ordinal);
        Assert.EndsWith(" \r", errors, StringComparison.Ordinal);
        Assert.Equal("", Program(prices, isTerminal: false).Run("prices", "reprice", "--format", format).Errors);
    }

    [Fact]
    public void Opening_a_ledger_that_takes_its_time_is_told()
    {
        var program = new TestProgram(new FakeLedger([]))
        {
            Time = _time,
            IsErrorTerminal = true,
            Open = _ =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return new FakeLedger(Sample.TwoWeeks());
            },
        };

        Assert.StartsWith("\rcostreport: opening the ledger... 0 s\r", program.Run("models").Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _errors.Dispose();

    private ProgressLine Begin() => Begin(_errors);

    private ProgressLine Begin(TextWriter? errors) => new(errors, _time, "pricing", "attempts");

    private TestProgram Program(IPriceSource prices, bool isTerminal) => new(new FakeLedger([])) { Time = _time, Prices = prices, IsErrorTerminal = isTerminal };

    private sealed class GoneWriter : StringWriter
    {
        public int Tries { get; private set; }

        public override void Write(string? value)
        {
            Tries++;
            throw new IOException("gone");
        }
    }
}
