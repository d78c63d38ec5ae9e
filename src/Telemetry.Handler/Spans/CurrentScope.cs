using System.Diagnostics;

namespace Telemetry.Handler.Spans;

/// <summary>Makes an activity current for a moment. Stopping an activity replaces the current one silently; this puts it back.</summary>
internal readonly ref struct CurrentScope
{
    private readonly Activity? _before;
    private readonly Activity _activity;

    public CurrentScope(Activity activity)
    {
        _before = Activity.Current;
        _activity = activity;
        Activity.Current = activity;
    }

    public void Dispose() => Activity.Current = ReferenceEquals(_before, _activity) ? _activity.Parent : _before;
}
