namespace Telemetry.Handler.Diagnostics;

/// <summary>
/// The boundary between the observation and the call: used as an exception filter, it counts a failure of ours, tells the
/// event source, and lets the handler's code go on as if nothing had happened. The caller never sees it.
/// </summary>
internal static class Quietly
{
    /// <summary>Takes note of a failure. Always true, so that <c>catch … when (Quietly.Swallow(e))</c> catches it.</summary>
    public static bool Swallow(Exception exception)
    {
        OwnFailures.Count();
        HandlerEventSource.Log.ObservationFailed(exception);
        return true;
    }
}
