namespace Telemetry.Handler.Tests;

/// <summary>Measures what work allocates on this thread.</summary>
internal static class Allocations
{
    private const int Runs = 5;

    /// <summary>The least of several runs after a first: a collection in between can add what nobody allocated.</summary>
    public static long Of(Action work)
    {
        work();
        var least = long.MaxValue;
        for (var i = 0; i < Runs; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
