namespace Telemetry.Handler.Diagnostics;

/// <summary>What went wrong in the observation since the process began. Read by the metrics.</summary>
internal static class OwnFailures
{
    private static long _failures;
    private static long _lostRecords;

    public static long Failures => Interlocked.Read(ref _failures);

    public static long LostRecords => Interlocked.Read(ref _lostRecords);

    public static void Count() => Interlocked.Increment(ref _failures);

    public static void CountLostRecords(int count) => Interlocked.Add(ref _lostRecords, count);
}
