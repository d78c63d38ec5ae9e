using System.Globalization;
using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Prints;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>Names places of a prompt.</summary>
internal static class PlaceNames
{
    /// <summary>The number of a segment's tool, system block or message.</summary>
    public static int NumberOf(in SegmentMark mark) => mark.Level == CacheLevel.Messages ? mark.Message : mark.Block;

    /// <summary>A segment: <c>tools[3] "get_weather"</c>, <c>system[0]</c>, <c>messages[2].content[0]</c>.</summary>
    public static string Of(in SegmentMark mark, SegmentPrint? print) => mark.Level switch
    {
        CacheLevel.Tools when print?.Tool is { Name.Length: > 0 } tool => string.Create(CultureInfo.InvariantCulture, $"tools[{mark.Block}] \"{tool.Name}\""),
        CacheLevel.Tools => string.Create(CultureInfo.InvariantCulture, $"tools[{mark.Block}]"),
        CacheLevel.System => string.Create(CultureInfo.InvariantCulture, $"system[{mark.Block}]"),
        _ => string.Create(CultureInfo.InvariantCulture, $"messages[{mark.Message}].content[{mark.Block}]"),
    };

    /// <summary>A segment that is another than it was: with the tool's member or the byte, where prints tell them.</summary>
    public static (string Segment, int? ByteAt, int? ByteCount) OfChange(in SegmentMark mark, SegmentPrint? before, SegmentPrint? after)
    {
        var name = Of(mark, after);
        if (before is null || after is null)
        {
            return (name, null, null);
        }

        if (before.Tool is { } earlier && after.Tool is { } tool)
        {
            var change = !string.Equals(earlier.Name, tool.Name, StringComparison.Ordinal) ? $" in place of \"{earlier.Name}\""
                : tool.MembersChangedSince(earlier) is { } members ? $" {members}"
                : "";
            return (name + change, null, null);
        }

        return after.DifferenceTo(before) is { } at ? (name, at, after.Length) : (name, null, null);
    }
}
