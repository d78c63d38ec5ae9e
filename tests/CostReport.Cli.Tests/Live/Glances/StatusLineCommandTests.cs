using CostLedger.Records;
using CostLedger.Storage;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.World;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Live.Glances;

public sealed class StatusLineCommandTests
{
    [Fact]
    public void The_line_has_todays_cost_the_sessions_and_the_share_read_from_the_cache()
    {
        var program = new TestProgram(new FakeLedger(Sample.TwoWeeks()));

        Approval.Verify(
            program.Output("statusline") + program.Output("statusline", "--ascii") + program.Output("statusline", "--template", "{today} {session} {cache} {calls} {failed} {name}"),
            "statusline.txt");
    }

    [Fact]
    public void A_day_without_calls_and_a_ledger_without_calls_cost_nothing()
    {
        Assert.Equal("$0.00 today\n", new TestProgram(new FakeLedger([])).Output("statusline"));
        Assert.Equal("$0.00 - - 0 -\n", new TestProgram(new FakeLedger([])).Output("statusline", "--template", "{today} {session} {cache} {calls} {name}"));
    }

    [Theory]
    [InlineData("{to}")]
    [InlineData("{today")]
    [InlineData("today}")]
    [InlineData("{}")]
    [InlineData("{0}")]
    public void A_name_that_stands_for_nothing_is_a_mistake_of_the_template(string template)
    {
        var (code, output, errors) = new TestProgram(new FakeLedger([])).Run("statusline", "--template", template);

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Empty(output);
        Assert.Contains("which stands for nothing; give {today}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prompt_opens_the_ledger_again_only_when_it_has_changed()
    {
        var folder = Directory.CreateTempSubdirectory("statusline-");
        var (opened, stamp) = (0, new LedgerStamp(1, Sample.Now.UtcDateTime));
        var program = new TestProgram(new FakeLedger([]))
        {
            Open = _ =>
            {
                opened++;
                return new FakeLedger(Sample.TwoWeeks());
            },
            Stamp = () => stamp,
            Remembered = Path.Combine(folder.FullName, "remembered"),
        };

        var first = program.Output("statusline");
        Assert.Equal(first, program.Output("statusline"));
        Assert.Equal(1, opened);
        Assert.NotEqual(first, program.Output("statusline", "--template", "{calls}"));
        Assert.Equal(2, opened);
        stamp = stamp with { Size = 2 };
        Assert.Equal(first, program.Output("statusline"));
        Assert.Equal(3, opened);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_missing_ledger_is_said_in_the_line()
    {
        var program = new TestProgram(new FakeLedger([])) { Open = _ => throw new LedgerException("there is none"), Stamp = () => default };

        Assert.Equal("no ledger\n", program.Output("statusline"));
    }

    [Fact]
    public void A_ledger_that_cannot_be_read_is_said_in_the_line()
    {
        var program = new TestProgram(new FakeLedger([])) { Open = _ => throw new UnauthorizedAccessException("denied") };

        Assert.Equal("ledger unreadable\n", program.Output("statusline"));
    }

    [Fact]
    public void A_fault_is_said_in_the_line()
    {
        var program = new TestProgram(new FakeLedger([])) { Open = _ => throw new InvalidOperationException("a fault") };

        Assert.Equal("ledger unreadable\n", program.Output("statusline"));
    }

    [Fact]
    public void No_progress_is_told_in_a_prompt()
    {
        using var opened = new ManualResetEventSlim();
        using var locked = new ManualResetEventSlim();
        var time = new SteppingTime(Sample.Now, waits: 1);
        var program = new TestProgram(new FakeLedger([]))
        {
            IsErrorTerminal = true,
            Time = time,
            Open = _ =>
            {
                opened.Set();
                locked.Wait();
                return new FakeLedger([]);
            },
        };

        program.Output("statusline");

        opened.Wait(TestContext.Current.CancellationToken);
        Assert.Single(time.Waits); // for the answer; a line of progress would wait too before it comes
        locked.Set();
    }

    [Fact]
    public void A_name_beyond_ascii_is_written_in_ascii_where_that_is_asked_for()
    {
        var call = Sample.Call(Sample.Now.AddHours(-1), 1) with { Labels = new CallLabels { Session = "größe" } };

        Assert.Equal("gr??e\n", new TestProgram(new FakeLedger([call])).Output("statusline", "--ascii", "--template", "{name}"));
    }

    [Fact]
    public void The_last_day_of_a_session_ends_now()
    {
        var labels = new CallLabels { Session = "long" };
        CallRecord[] calls = [.. new[] { -40, -23 }.Select((hours, i) => Sample.Call(Sample.Now.AddHours(hours), i) with { Labels = labels })];
        var both = new TestProgram(new FakeLedger(calls)).Output("statusline", "--template", "{session}");

        Assert.Equal(new TestProgram(new FakeLedger(calls[1..])).Output("statusline", "--template", "{session}"), both);
    }

    [Fact]
    public void A_prompt_does_not_wait_for_a_ledger_that_is_locked()
    {
        using var locked = new ManualResetEventSlim();
        var program = new TestProgram(new FakeLedger([]))
        {
            Time = new SteppingTime(Sample.Now, waits: 1),
            Open = _ =>
            {
                locked.Wait();
                return new FakeLedger([]);
            },
        };

        Assert.Equal("ledger busy\n", program.Output("statusline"));
        locked.Set();
    }

    [Fact]
    public void It_is_one_line_whatever_the_session_is_called()
    {
        foreach (var name in HostileNames.All)
        {
            var call = Sample.Call(Sample.Now.AddHours(-1), 1) with { Labels = new CallLabels { Session = name } };

            var line = new TestProgram(new FakeLedger([call])).Output("statusline", "--template", "{name} {today}\e[31m");

            Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
            Assert.DoesNotContain(line[..^1], char.IsControl);
        }
    }
}
