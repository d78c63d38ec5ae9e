using System.Runtime.InteropServices;
using CostLedger.Storage;
using CostReport.Cli.Arguments;
using CostReport.Cli.World;

namespace CostReport.Cli.Live.Watching;

/// <summary>The cost as it grows.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan s_longestStep = TimeSpan.FromSeconds(2);

    /// <summary>Runs the command until it is stopped.</summary>
    public static ExitCode Run(ParsedLine line, Surroundings surroundings)
    {
        var question = new LiveQuestion(line, surroundings.Time, "today");
        var first = question.Now();
        FirstLook.Take(first, surroundings);
        using var stop = surroundings.Stop();
        using var display = Display(first, question, surroundings);
        using var woken = display is FrameDisplay frame && !OperatingSystem.IsWindows()
            ? PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => frame.Resume())
            : null;

        // A console program has no context to come back to, so that waiting here cannot deadlock.
        Watch(question, surroundings, display, stop.Token).GetAwaiter().GetResult();
        return ExitCode.Fine;
    }

    private static IWatchDisplay Display(Invocation invocation, LiveQuestion question, Surroundings surroundings)
    {
        var screen = surroundings.Screen();
        return screen.Height is null
            ? new LineDisplay(surroundings, invocation.Ascii || screen.Ascii)
            : new FrameDisplay(surroundings, question.Every, invocation.Ascii);
    }

    private static async Task Watch(LiveQuestion question, Surroundings surroundings, IWatchDisplay display, CancellationToken stop)
    {
        var path = question.Now().Ledger;
        Fresh<string> Make() => new(() => Ask(question, surroundings, display), () => surroundings.Stamp(path), surroundings.Time);
        var fresh = Make();
        var shown = 0L;
        while (!stop.IsCancellationRequested)
        {
            fresh = display.IsStale ? Make() : fresh;
            try
            {
                var (version, text) = fresh.Get();
                if (version != shown)
                {
                    display.Show(text);
                    shown = version;
                }
            }
            catch (Exception error) when (error is LedgerException or UserError)
            {
                // A ledger can be locked, and a period run out: --since 1h with a fixed --until.
                display.Trouble(error.Message);
                shown = 0;
            }

            await Wait(question.Every, surroundings, display, stop).ConfigureAwait(false);
        }
    }

    // A screen that has another size is drawn again soon, however seldom one looks at the ledger.
    private static async Task Wait(TimeSpan every, Surroundings surroundings, IWatchDisplay display, CancellationToken stop)
    {
        for (var left = every; left > TimeSpan.Zero && !stop.IsCancellationRequested && !display.IsStale; left -= s_longestStep)
        {
            // Being stopped ends the waiting; it is no failure.
            var step = left < s_longestStep ? left : s_longestStep;
            await Task.Delay(step, surroundings.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Ask(LiveQuestion question, Surroundings surroundings, IWatchDisplay display)
    {
        var invocation = question.Now();
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        return display.Make(ledger, invocation);
    }
}
