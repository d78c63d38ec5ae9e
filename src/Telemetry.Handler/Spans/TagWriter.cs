using System.Diagnostics;

namespace Telemetry.Handler.Spans;

/// <summary>Sets attributes of a span and leaves out what is not known.</summary>
/// <param name="activity">The span.</param>
internal readonly struct TagWriter(Activity activity)
{
    public void Set(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            activity.SetTag(name, value);
        }
    }

    public void Set(string name, long? value)
    {
        if (value is { } known)
        {
            activity.SetTag(name, known);
        }
    }

    public void Set(string name, double? value)
    {
        if (value is { } known)
        {
            activity.SetTag(name, known);
        }
    }

    public void Set(string name, TimeSpan? value) => Set(name, value?.TotalSeconds);

    /// <summary>Sets a list as an array; an empty one is left out.</summary>
    public void Set(string name, IReadOnlyCollection<string> values)
    {
        if (values.Count > 0)
        {
            activity.SetTag(name, values.ToArray());
        }
    }

    public void SetFlag(string name, bool value) => activity.SetTag(name, value);

    /// <summary>Sets a flag of which the conventions say that it stands only when true.</summary>
    public void SetIfTrue(string name, bool value)
    {
        if (value)
        {
            activity.SetTag(name, true);
        }
    }
}
