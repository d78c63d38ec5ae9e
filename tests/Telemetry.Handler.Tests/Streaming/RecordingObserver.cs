using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Tests.Streaming;

/// <summary>Writes down what it sees; may fail on purpose, or take its time with the end.</summary>
internal sealed class RecordingObserver : IResponseObserver
{
    private readonly List<byte> _seen = [];

    public byte[] Seen => [.. _seen];

    public List<(TransferEnd End, Exception? Error, bool Async)> Ends { get; } = [];

    public bool SawBytesAfterEnd { get; private set; }

    public bool Fails { get; init; }

    public Task Finishing { get; init; } = Task.CompletedTask;

    public TransferEnd OnlyEnd => Xunit.Assert.Single(Ends).End;

    public void OnBytes(ReadOnlySpan<byte> bytes)
    {
        SawBytesAfterEnd |= Ends.Count > 0;
        _seen.AddRange(bytes);
        ThrowIfFailing();
    }

    public async ValueTask OnEndAsync(TransferEnd end, Exception? error)
    {
        Ends.Add((end, error, Async: true));
        await Finishing;
        ThrowIfFailing();
    }

    public void OnEnd(TransferEnd end, Exception? error)
    {
        Ends.Add((end, error, Async: false));
        ThrowIfFailing();
    }

    private void ThrowIfFailing()
    {
        if (Fails)
        {
            throw new InvalidOperationException("the observer failed");
        }
    }
}
