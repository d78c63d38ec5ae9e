using System.Diagnostics;
using System.Text;
using Telemetry.Handler.Tokens;
using Telemetry.Handler.Tokens.Vocabularies;

namespace Telemetry.Benchmarks.Tokens;

/// <summary>Tokens a second on real texts beside the baseline in the same run, and how the time grows on hostile ones.</summary>
internal static class TokenSpeed
{
    private const int Rounds = 7;
    private const int HotBytes = 64 * 1024;
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    public static void Run()
    {
        foreach (var name in (string[])["cl100k_base", "o200k_base"])
        {
            Console.WriteLine(FormattableString.Invariant($"{name}: loaded in {Best(() => Vocabulary.Read(name), Rounds):0.0} ms"));
        }

        foreach (var (name, documents) in Corpora.All())
        {
            Compare(name, documents, TokenCounter.Cl100kBase, NaiveTokenizer.Cl100k());
            Compare(name, documents, TokenCounter.O200kBase, NaiveTokenizer.O200k());
        }

        foreach (var (name, make) in Hostile())
        {
            Grow(name, make);
        }
    }

    private static void Compare(string corpus, List<byte[]> documents, TokenCounter counter, NaiveTokenizer naive)
    {
        var bytes = documents.Sum(document => (double)document.Length);
        var some = documents.Take(Math.Max(1, documents.Count / 20)).ToList();
        var someBytes = some.Sum(document => (double)document.Length);
        var hot = documents.SelectMany(document => document).Take(HotBytes).ToArray();
        var slow = Speed(someBytes, Best(() => some.ForEach(document => naive.Count(document)), 2));
        var fast = Speed(bytes, Best(() => documents.ForEach(document => counter.Count(document)), Rounds));
        var hottest = Speed(hot.Length, Best(() => counter.Count(hot), 50));
        var before = GC.GetAllocatedBytesForCurrentThread();
        documents.ForEach(document => counter.Count(document));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(FormattableString.Invariant(
            $"{corpus}, {counter.Name}, {bytes / 1e6:0.0} MB: {fast:0} MB/s, the baseline {slow:0.0} MB/s, {fast / slow:0.0} times as fast; 64 KiB again {hottest:0} MB/s; {allocated} B allocated"));
    }

    private static void Grow(string name, Func<int, byte[]> make)
    {
        foreach (var counter in (TokenCounter[])[TokenCounter.Cl100kBase, TokenCounter.O200kBase])
        {
            var times = Sizes.Select(size => BestOfFresh(() => make(size), text => counter.Count(text))).ToList();
            Console.WriteLine(FormattableString.Invariant(
                $"{name}, {counter.Name}: {times[0]:0.000}, {times[1]:0.00}, {times[2]:0.0} ms; a hundred times the length takes {times[2] / times[0]:0} times as long"));
        }
    }

    private static IEnumerable<(string Name, Func<int, byte[]> Make)> Hostile()
    {
        yield return ("one letter", length => [.. Enumerable.Repeat((byte)'a', length)]);
        yield return ("spaces", length => [.. Enumerable.Repeat((byte)' ', length)]);
        yield return ("equals signs", length => [.. Enumerable.Repeat((byte)'=', length)]);
        yield return ("random letters", length => [.. Enumerable.Range(0, length).Select(_ => (byte)('a' + Random.Shared.Next(26)))]);
        yield return ("base64", length =>
        {
            var bytes = new byte[length / 4 * 3];
            Random.Shared.NextBytes(bytes);
            return Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));
        }
        );
        yield return ("no UTF-8", length => [.. Enumerable.Repeat((byte)0xFF, length)]);
    }

    // A text that was counted before is found among the pieces seen before, where it is short enough.
    private static double BestOfFresh(Func<byte[]> make, Action<byte[]> work)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 3 * Rounds; i++)
        {
            var text = make();
            var start = Stopwatch.GetTimestamp();
            work(text);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }

    private static double Speed(double bytes, double milliseconds) => bytes / 1e3 / milliseconds;

    private static double Best(Action work, int rounds)
    {
        work();
        var best = double.MaxValue;
        for (var i = 0; i < rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }
}
