using CostLedger.Records;
using CostLedger.Storage;
using CostReport.Cli.Arguments;
using CostReport.Cli.Output;
using CostReport.Cli.Sources;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.World;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Live.Watching;

public sealed class WatchCommandTests
{
    private const string Frame = "\e[?2026h\e[H";
    private static readonly Screen s_terminal = new(80, HasColor: false, Ascii: false) { Height = 30 };
    private readonly List<CallRecord> _calls = [.. Sample.TwoWeeks()];

    [Fact]
    public void A_frame_shows_the_summary_and_the_last_calls()
    {
        var frame = Assert.Single(Frames(Watch(s_terminal, 1)));

        Approval.Verify(frame.Replace("\e[K\r\n", "\n", StringComparison.Ordinal), "watch-frame.txt");
    }

    [Fact]
    public void The_terminal_is_left_as_it_was()
    {
        var output = Watch(s_terminal, 3);

        Assert.StartsWith("\e[?1049h\e[?25l\e[?7l", output, StringComparison.Ordinal);
        Assert.EndsWith("\e[?7h\e[?25h\e[?1049l", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_terminal_is_left_as_it_was_when_something_fails()
    {
        var time = new SteppingTime(Sample.Now, waits: 5, _ => throw new InvalidOperationException("a fault"));
        var (code, output, _) = Program(s_terminal, time).Run("watch");

        Assert.Equal(ExitCode.Fault, code);
        Assert.EndsWith("\e[?7h\e[?25h\e[?1049l", output, StringComparison.Ordinal);
    }

    [Fact]
    public void No_frame_is_higher_than_the_screen()
    {
        foreach (var height in new[] { 3, 5, 10, 24 })
        {
            var frame = Assert.Single(Frames(Watch(s_terminal with { Height = height }, 1)));

            Assert.True(frame.Split("\r\n").Length <= height, frame);
            Assert.Contains("Ctrl+C ends", frame, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_is_drawn_again_when_the_ledger_has_changed_and_not_before()
    {
        var frames = Frames(Watch(s_terminal, 6, wait =>
        {
            if (wait == 3)
            {
                _calls.Add(Sample.Call(Sample.Now.AddSeconds(-1), 99, "claude-new"));
            }
        }));

        Assert.Equal(2, frames.Count);
        Assert.DoesNotContain("claude-new", frames[0], StringComparison.Ordinal);
        Assert.Contains("claude-new", frames[1], StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_drawn_again_when_the_screen_has_changed()
    {
        var screen = s_terminal;
        var time = new SteppingTime(Sample.Now, waits: 4, wait => screen = wait == 2 ? s_terminal with { Width = 100 } : screen);
        var program = new TestProgram(new FakeLedger(_calls)) { LookAtScreen = () => screen, Time = time, End = time.End };

        var frames = Frames(program.Output("watch"));

        Assert.Equal(2, frames.Count);
    }

    [Fact]
    public void A_ledger_that_goes_away_is_said_and_waited_for()
    {
        var isGone = false;
        var time = new SteppingTime(Sample.Now, waits: 6, wait => isGone = wait is 2 or 3);
        var program = new TestProgram(new FakeLedger([]))
        {
            Screen = s_terminal,
            Time = time,
            End = time.End,
            Stamp = () => new LedgerStamp(isGone ? 0 : 1, DateTime.UnixEpoch),
            Open = _ => isGone ? throw new LedgerException("There is no ledger at '/x'.") : new FakeLedger(_calls),
        };

        var frames = Frames(program.Output("watch"));

        Assert.Contains("There is no ledger at '/x'.", frames[1], StringComparison.Ordinal);
        Assert.Contains("Cost of calls", frames[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_period_that_runs_out_is_said()
    {
        var time = new SteppingTime(Sample.Now, waits: 3);

        var output = Program(s_terminal, time).Output("watch", "--since", "1m", "--until", "2026-11-20T12:00", "--every", "40s");

        Assert.Contains("the period would be empty", Frames(output)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_that_never_was_is_an_error()
    {
        var (code, output, errors) = new TestProgram(new FakeLedger([])) { Screen = s_terminal, Open = _ => throw new LedgerException("There is none.") }.Run("watch");

        Assert.Equal(ExitCode.NoLedger, code);
        Assert.Empty(output);
        Assert.Equal("costreport: There is none.\n", errors);
    }

    [Fact]
    public void A_pipe_gets_a_line_for_each_change()
    {
        var output = Watch(new Screen(Screen.Unlimited, HasColor: false, Ascii: false), 100, wait =>
        {
            if (wait == 50)
            {
                _calls.Add(Sample.Call(Sample.Now.AddSeconds(-1), 99));
            }
        });

        Approval.Verify(output, "watch-lines.txt");
    }

    [Fact]
    public void It_looks_as_often_as_was_asked()
    {
        var time = new SteppingTime(Sample.Now, waits: 3);
        Program(s_terminal, time).Output("watch", "--every", "7s");

        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)], time.Waits);
    }

    private static List<string> Frames(string output) => [.. output.Split(Frame).Skip(1).Select(f => f.Split("\e[K\e[J")[0])];

    private string Watch(Screen screen, int waits, Action<int>? between = null) => Program(screen, new SteppingTime(Sample.Now, waits, between)).Output("watch");

    private TestProgram Program(Screen screen, SteppingTime time) => new(new FakeLedger(_calls))
    {
        Screen = screen,
        Time = time,
        End = time.End,
        Stamp = () => new LedgerStamp(_calls.Count, DateTime.UnixEpoch),
        Open = (Func<string?, ILedgerSource>)(_ => new FakeLedger(_calls)),
    };
}
