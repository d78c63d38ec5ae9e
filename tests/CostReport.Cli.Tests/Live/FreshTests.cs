using CostReport.Cli.Live;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.World;
using Xunit;

namespace CostReport.Cli.Tests.Live;

public sealed class FreshTests : IDisposable
{
    private readonly SteppingTime _time = new(Sample.Now, waits: int.MaxValue);
    private LedgerStamp _stamp = new(1, DateTime.UnixEpoch);
    private TimeSpan _takes;
    private int _made;

    public void Dispose() => _time.Dispose();

    [Fact]
    public void Nothing_is_made_anew_while_nothing_changes()
    {
        var fresh = Make();
        var first = fresh.Get();

        _time.Advance(TimeSpan.FromSeconds(59));

        Assert.Equal(first, fresh.Get());
        Assert.Equal(1, _made);
    }

    [Fact]
    public void A_change_makes_it_anew_with_a_greater_number()
    {
        var fresh = Make();
        var first = fresh.Get();

        _stamp = _stamp with { Size = 2 };
        var second = fresh.Get();

        Assert.Equal(2, second.Value);
        Assert.True(second.Version > first.Version);
        Assert.Equal(second, fresh.Get());
    }

    [Fact]
    public void The_clock_makes_it_anew_each_minute()
    {
        var fresh = Make();
        fresh.Get();

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, fresh.Get().Value);
    }

    [Fact]
    public void What_takes_long_is_made_for_a_tenth_of_the_time_at_most()
    {
        _takes = TimeSpan.FromSeconds(2);
        var fresh = Make();
        fresh.Get();
        _stamp = _stamp with { Size = 2 };

        _time.Advance(TimeSpan.FromSeconds(17));
        Assert.Equal(1, fresh.Get().Value);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, fresh.Get().Value);
    }

    [Fact]
    public void A_failure_is_told_and_tried_again()
    {
        var fails = true;
        var fresh = new Fresh<int>(() => fails ? throw new IOException("locked") : 7, () => _stamp, _time);

        Assert.Throws<IOException>(() => fresh.Get());
        fails = false;

        Assert.Equal(7, fresh.Get().Value);
    }

    [Fact]
    public void What_is_not_to_last_is_made_anew_when_its_time_is_over()
    {
        var fresh = new Fresh<int>(() => ++_made, () => _stamp, _time) { Passing = made => made == 1 ? TimeSpan.FromSeconds(2) : null };
        fresh.Get();

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, fresh.Get().Value);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, fresh.Get().Value);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(2, fresh.Get().Value);
    }

    private Fresh<int> Make() => new(
        () =>
        {
            _time.Advance(_takes);
            return ++_made;
        },
        () => _stamp,
        _time);
}
