using CostLedger.Records;
using Telemetry.Handler.Recording;
using Xunit;

namespace Telemetry.Handler.Tests.Recording;

public sealed class PartsWatchTests
{
    private readonly PartsWatch _watch = new();

    [Fact]
    public void Blocks_that_are_never_closed_end_where_the_next_begins()
    {
        _watch.Begin("thinking", S(1));
        _watch.Begin("text", S(4));

        Assert.Equal([new AnswerPart("thinking", S(1), S(4)), new AnswerPart("text", S(4), S(9))], _watch.Until(null, S(9)));
    }

    [Fact]
    public void The_first_blocks_are_kept_and_an_end_without_a_start_means_nothing()
    {
        _watch.End(S(0));
        for (var i = 0; i < 100; i++)
        {
            _watch.Begin("text", S(i));
            _watch.End(S(i + 1));
        }

        var parts = _watch.Until(null, S(200));
        Assert.Equal(PartsWatch.MostBlocks, parts.Count);
        Assert.Equal((S(0), S(PartsWatch.MostBlocks)), (parts[0].Start, parts[^1].End));
    }

    [Fact]
    public void The_longest_silences_are_kept_in_the_order_of_time()
    {
        int[] lengths = [3, 9, 1, 7, 5, 8, 2, 6, 4, 10, 11];
        var at = 0;
        foreach (var length in lengths)
        {
            _watch.Silence(S(at), S(at + length));
            at += length + 1;
        }

        _watch.Silence(S(at), S(at) + TimeSpan.FromMilliseconds(999));

        var kept = _watch.Until(null, S(at)).Select(part => (int)(part.End - part.Start).TotalSeconds);
        Assert.Equal([9, 7, 5, 8, 6, 4, 10, 11], kept);
    }

    [Fact]
    public void A_silence_at_the_end_is_one_too()
    {
        Assert.Equal([new AnswerPart(AnswerPart.Silence, S(2), S(9))], _watch.Until(S(2), S(9)));
        Assert.Empty(_watch.Until(S(2), S(2.5)));
    }

    [Fact]
    public void What_a_provider_calls_its_blocks_is_kept_within_bounds()
    {
        _watch.Begin(new string('x', 10_000), S(0));
        _watch.Begin(null, S(1));

        Assert.Equal([64, "unknown".Length], _watch.Until(null, S(2)).Select(part => part.Kind.Length));
    }

    [Fact]
    public void A_look_changes_nothing()
    {
        _watch.Begin("text", S(1));
        var first = _watch.Until(S(2), S(4));

        _watch.End(S(5));

        Assert.Equal([new AnswerPart("text", S(1), S(4)), new AnswerPart(AnswerPart.Silence, S(2), S(4))], first);
        Assert.Equal([new AnswerPart("text", S(1), S(5))], _watch.Until(null, S(6)));
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
