using Telemetry.Handler.Recording;
using Xunit;

namespace Telemetry.Handler.Tests.Recording;

public sealed class TransferWatchTests
{
    private readonly HandClock _clock = new();
    private readonly TransferWatch _watch;

    public TransferWatchTests() => _watch = new TransferWatch(_clock, _clock.GetTimestamp());

    [Fact]
    public void A_caller_that_waits_for_each_chunk_is_hardly_behind()
    {
        for (var i = 0; i < 10; i++)
        {
            _watch.NoteWait();
            Pass(1, isProgress: true);
        }

        Assert.Equal(TimeSpan.FromSeconds(1), _watch.Behind);
    }

    [Fact]
    public void A_caller_that_never_waited_may_be_behind_since_the_start()
    {
        Pass(3, isProgress: true);
        Pass(4, isProgress: true);

        Assert.Equal(TimeSpan.FromSeconds(7), _watch.Behind);
    }

    [Fact]
    public void Pings_bring_nothing_of_the_answer()
    {
        _watch.NoteWait();
        Pass(1, isProgress: true);
        for (var i = 0; i < 5; i++)
        {
            _watch.NoteWait();
            Pass(10, isProgress: false);
        }

        Assert.Equal(TimeSpan.FromSeconds(50), _watch.Behind);
    }

    [Fact]
    public void What_a_caller_does_between_reads_counts()
    {
        _watch.NoteWait();
        Pass(1, isProgress: true);
        _clock.Pass(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(31), _watch.Behind);
    }

    private void Pass(int seconds, bool isProgress)
    {
        _clock.Pass(TimeSpan.FromSeconds(seconds));
        _watch.Note(10);
        if (isProgress)
        {
            _watch.NoteProgress();
        }
    }
}
