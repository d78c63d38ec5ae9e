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
    private const string EndOfFrame = "\e[?2026l";
    private static readonly Screen s_terminal = new(80, HasColor: false, Ascii: false) { Height = 30 };
    private readonly List<CallRecord> _calls = [.. Sample.TwoWeeks()];

    [Fact]
    public void A_frame_shows_the_summary_and_the_last_calls()
    {
        var frame = Assert.Single(Frames(Watch(s_terminal, 1)));

        Approval.Verify(frame.Replace("\r\n", "\n", StringComparison.Ordinal), "watch-frame.txt");
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
        var time = new SteppingTime(Sample.Now, waits: 60);

        var output = Program(s_terminal, time).Output("watch", "--since", "1m", "--until", "2026-11-20T12:00", "--every", "40s");

        Assert.Contains("the period would be empty", Frames(output)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_that_cannot_be_read_from_the_start_is_an_error()
    {
        var (code, output, errors) = new TestProgram(new FakeLedger([])) { Screen = s_terminal, Open = _ => throw new LedgerException("It is no ledger.") }.Run("watch");

        Assert.Equal(ExitCode.NoLedger, code);
        Assert.Empty(output);
        Assert.Equal("costreport: It is no ledger.\n", errors);
    }

    [Fact]
    public void A_ledger_that_is_not_there_yet_is_waited_for()
    {
        var isThere = false;
        var time = new SteppingTime(Sample.Now, waits: 4, wait => isThere = wait >= 2);
        var program = new TestProgram(new FakeLedger([]))
        {
            Time = time,
            End = time.End,
            Stamp = () => isThere ? new LedgerStamp(1, DateTime.UnixEpoch) : default,
            Open = _ => isThere ? new FakeLedger(_calls) : throw new LedgerException("There is no ledger."),
        };

        var (code, output, errors) = program.Run("watch", "--ledger", "/x/ledger.db");

        Assert.Equal(ExitCode.Fine, code);
        Assert.Equal("costreport: waiting for the ledger '/x/ledger.db': the first traced call makes it\n", errors);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("There is no ledger.", lines[0], StringComparison.Ordinal);
        Assert.Contains("calls", Assert.Single(lines[1..]), StringComparison.Ordinal);
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

    [Theory]
    [InlineData("--model", "claude-a")]
    [InlineData("--until", "2026-11-20T09:00")]
    public void The_session_of_a_line_is_summed_of_the_calls_that_were_chosen(string option, string value)
    {
        var labels = new CallLabels { Session = "both" };
        _calls.Clear();
        _calls.Add(Sample.Call(Sample.Now.AddHours(-5), 1, "claude-a") with { Labels = labels });
        _calls.Add(Sample.Call(Sample.Now.AddHours(-1), 2, "claude-b") with { Labels = labels });
        var pipe = new Screen(Screen.Unlimited, HasColor: false, Ascii: false);
        var chosen = Program(pipe, new SteppingTime(Sample.Now, waits: 1)).Output("watch", option, value);
        _calls.RemoveAt(1);

        Assert.Equal(Program(pipe, new SteppingTime(Sample.Now, waits: 1)).Output("watch", "--since", "1d"), chosen);
        Assert.Contains(" session ", chosen, StringComparison.Ordinal);
    }

    [Fact]
    public void It_looks_as_often_as_was_asked()
    {
        var time = new SteppingTime(Sample.Now, waits: 8);
        Program(s_terminal, time).Output("watch", "--every", "7s");

        Assert.Equal([2, 2, 2, 1, 2, 2, 2, 1], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void A_new_size_is_drawn_before_the_next_look()
    {
        var screen = s_terminal;
        var time = new SteppingTime(Sample.Now, waits: 5, wait => screen = wait == 2 ? s_terminal with { Width = 100 } : screen);
        var program = new TestProgram(new FakeLedger(_calls)) { LookAtScreen = () => screen, Time = time, End = time.End };

        Assert.Equal(2, Frames(program.Output("watch", "--every", "10m")).Count);
    }

    private static List<string> Frames(string output) =>
        [.. output.Split(Frame).Skip(1).Select(f => f.Split(EndOfFrame)[0].Replace("\e[K", "", StringComparison.Ordinal).Replace("\e[J", "", StringComparison.Ordinal))];

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
