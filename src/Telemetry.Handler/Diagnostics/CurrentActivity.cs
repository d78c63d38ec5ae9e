using System.Diagnostics;

namespace Telemetry.Handler.Diagnostics;

/// <summary>Runs work with a span as the current one and leaves the caller's current span alone.</summary>
internal static class CurrentActivity
{
    /// <summary>Runs it.</summary>
    /// <param name="span">The span; null: the caller's stays current.</param>
    /// <param name="state">What the work needs.</param>
    /// <param name="work">The work.</param>
    public static void Run<TState>(Activity? span, TState state, Action<TState> work)
    {
        if (span is null)
        {
            work(state);
            return;
        }

        // Setting the old value back is not enough: a span that was stopped elsewhere cannot be made current again.
        if (ExecutionContext.Capture() is { } context)
        {
            ExecutionContext.Run(context, static s => ((Job<TState>)s!).Run(), new Job<TState>(span, state, work));
            return;
        }

        var outer = Activity.Current;
        try
        {
            new Job<TState>(span, state, work).Run();
        }
        finally
        {
            Activity.Current = outer;
        }
    }

    private sealed class Job<TState>(Activity span, TState state, Action<TState> work)
    {
        public void Run()
        {
            Activity.Current = span;
            work(state);
        }
    }
}
