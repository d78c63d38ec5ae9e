using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Telemetry.Handler.Metrics;

/// <summary>Records the time between the pieces of one streamed answer. Those that arrive together have no time between them.</summary>
internal sealed class OutputChunks(Histogram<double>? v141, Histogram<double>? latest, TagList tags, TimeProvider time)
{
    private long _seen;
    private long _lastTimestamp;

    /// <summary>Takes note of how many pieces there are so far. The first is what the time to the first chunk tells.</summary>
    public void Saw(long pieces)
    {
        if (pieces <= _seen)
        {
            return;
        }

        var now = time.GetTimestamp();
        var gap = _seen == 0 ? 0 : time.GetElapsedTime(_lastTimestamp, now).TotalSeconds;
        for (var i = Math.Max(_seen, 1); i < pieces; i++)
        {
            v141?.Record(gap, tags);
            latest?.Record(gap, tags);
            gap = 0;
        }

        _seen = pieces;
        _lastTimestamp = now;
    }
}
