using System.Diagnostics;

namespace Telemetry.Handler.Observing;

/// <summary>Puts the caller's activity back at the end of a synchronous call; asynchronous methods do so by themselves.</summary>
internal readonly ref struct ActivityScope
{
    private readonly Activity? _current;

    public ActivityScope() => _current = Activity.Current;

    public void Dispose() => Activity.Current = _current;
}
