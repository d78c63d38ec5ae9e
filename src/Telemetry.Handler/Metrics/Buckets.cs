using System.Diagnostics.Metrics;

namespace Telemetry.Handler.Metrics;

/// <summary>The histograms' bounds.</summary>
internal static class Buckets
{
    /// <summary>Seconds, as the conventions advise.</summary>
    public static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    };

    /// <summary>Seconds up to 22 minutes: long thinking goes beyond the conventions' 82 seconds.</summary>
    public static InstrumentAdvice<double> LongSeconds { get; } = new()
    {
        HistogramBucketBoundaries =
            [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68, 655.36, 1310.72],
    };

    /// <summary>Tokens, as the conventions advise.</summary>
    public static InstrumentAdvice<long> Tokens { get; } = new()
    {
        HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
    };

    /// <summary>Dollars.</summary>
    public static InstrumentAdvice<double> Dollars { get; } = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    };

    /// <summary>Attempts of a call.</summary>
    public static InstrumentAdvice<long> Attempts { get; } = new() { HistogramBucketBoundaries = [1, 2, 3, 4, 5, 8] };

    /// <summary>How far an estimate was off, as a part of the truth.</summary>
    public static InstrumentAdvice<double> Error { get; } = new()
    {
        HistogramBucketBoundaries = [-0.5, -0.2, -0.1, -0.05, -0.02, 0, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
    };
}
