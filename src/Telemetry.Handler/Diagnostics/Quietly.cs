namespace Telemetry.Handler.Diagnostics;

/// <summary>
/// Runs our own work so that its failure never reaches the caller: the one place where everything is caught. A failure is
/// counted in <see cref="OwnFailures"/> and told to <see cref="HandlerEventSource"/>. The caller's own call never runs in here.
/// </summary>
internal static class Quietly
{
    /// <summary>Runs work that gives nothing back.</summary>
    /// <param name="place">What is done, in one or two words; a constant, since failures are counted by it.</param>
    /// <param name="state">What the work needs, so that the delegate can be static.</param>
    /// <param name="work">The work.</param>
    /// <returns>Whether it succeeded.</returns>
    public static bool Run<TState>(string place, TState state, Action<TState> work)
        where TState : allows ref struct
    {
        try
        {
            work(state);
            return true;
        }
#pragma warning disable CA1031 // The boundary: whatever fails in observing must not disturb the caller's call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Tell(place, error);
            return false;
        }
    }

    /// <summary>Runs work that gives a result.</summary>
    /// <param name="place">What is done, in one or two words; a constant.</param>
    /// <param name="state">What the work needs.</param>
    /// <param name="work">The work.</param>
    /// <param name="otherwise">The result when it fails.</param>
    /// <returns>The work's result, or <paramref name="otherwise"/>.</returns>
    public static TResult Run<TState, TResult>(string place, TState state, Func<TState, TResult> work, TResult otherwise)
        where TState : allows ref struct
    {
        try
        {
            return work(state);
        }
#pragma warning disable CA1031 // The boundary: whatever fails in observing must not disturb the caller's call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Tell(place, error);
            return otherwise;
        }
    }

    /// <summary>Runs asynchronous work that gives nothing back.</summary>
    /// <param name="place">What is done, in one or two words; a constant.</param>
    /// <param name="state">What the work needs.</param>
    /// <param name="work">The work.</param>
    /// <returns>Whether it succeeded.</returns>
    public static async ValueTask<bool> RunAsync<TState>(string place, TState state, Func<TState, ValueTask> work)
    {
        try
        {
            await work(state).ConfigureAwait(false);
            return true;
        }
#pragma warning disable CA1031 // The boundary: whatever fails in observing must not disturb the caller's call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Tell(place, error);
            return false;
        }
    }

    /// <summary>Runs asynchronous work that gives a result.</summary>
    /// <param name="place">What is done, in one or two words; a constant.</param>
    /// <param name="state">What the work needs.</param>
    /// <param name="work">The work.</param>
    /// <param name="otherwise">The result when it fails.</param>
    /// <returns>The work's result, or <paramref name="otherwise"/>.</returns>
    public static async ValueTask<TResult> RunAsync<TState, TResult>(
        string place, TState state, Func<TState, ValueTask<TResult>> work, TResult otherwise)
    {
        try
        {
            return await work(state).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The boundary: whatever fails in observing must not disturb the caller's call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Tell(place, error);
            return otherwise;
        }
    }

    private static void Tell(string place, Exception error)
    {
        OwnFailures.Count(place);
        HandlerEventSource.Log.Failed(place, error);
    }
}
