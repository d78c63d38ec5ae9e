using System.Text;
using CostReport.Cli.Sources;
using Telemetry.Handler.Tokens;
using Xunit;

namespace CostReport.Cli.Tests.Sources;

public sealed class RememberedCountsTests
{
    [Fact]
    public void A_text_is_counted_once_and_as_before()
    {
        var inner = new Lengths();
        var counts = new RememberedCounts(inner);
        var (one, other) = (Encoding.UTF8.GetBytes(new string('a', 1000)), Encoding.UTF8.GetBytes(new string('b', 1000)));

        Assert.Equal([1000, 1000, 1000], [counts.Count(one), counts.Count(other), counts.Count(one)]);
        Assert.Equal(2, inner.Calls);
        Assert.Equal("lengths", counts.Name);
    }

    [Fact]
    public void The_memory_has_a_bound_and_forgetting_changes_no_count()
    {
        var counts = new RememberedCounts(new Lengths());
        for (var length = 256; length < 256 + 20_000; length++)
        {
            Assert.Equal(length, counts.Count(new byte[length]));
        }
    }

    private sealed class Lengths : ITokenCounter
    {
        public int Calls { get; private set; }

        public string Name => "lengths";

        public int Count(ReadOnlySpan<byte> utf8)
        {
            Calls++;
            return utf8.Length;
        }
    }
}
