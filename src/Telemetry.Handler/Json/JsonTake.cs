namespace Telemetry.Handler.Json;

/// <summary>What a reader wants of a value that is about to come.</summary>
[Flags]
internal enum JsonTake
{
    /// <summary>Only its size.</summary>
    Size = 0,

    /// <summary>The beginning of its text, if it is a string.</summary>
    Text = 1,

    /// <summary>Its members, if it is an object or an array.</summary>
    Members = 2,

    /// <summary>All of its text, part by part, if it is a string.</summary>
    Parts = 4,
}
