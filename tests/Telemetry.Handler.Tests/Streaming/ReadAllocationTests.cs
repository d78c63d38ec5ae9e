using System.Diagnostics;
using System.Reflection;
using System.Threading.Tasks.Sources;
using Telemetry.Handler.Streaming;
using Xunit;

namespace Telemetry.Handler.Tests.Streaming;

public sealed class ReadAllocationTests
{
    private static bool IsDebugBuild =>
        typeof(ObservedStream).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled ?? false;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_allocate_nothing_whether_they_wait_or_not(bool wait)
    {
        Assert.SkipWhen(wait && IsDebugBuild, "the compiler makes classes of state machines in debug builds");
        using var inner = new Trickle { Waits = wait };
        using var stream = new ObservedStream(inner, new ObserverGuard(new SilentObserver()));
        var buffer = new byte[100];
        ReadOften(stream, inner, buffer);

        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadOften(stream, inner, buffer);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void ReadOften(ObservedStream stream, Trickle inner, byte[] buffer)
    {
        for (var i = 0; i < 1000; i++)
        {
            var reading = Reading.MemoryAsync(stream, buffer);
            inner.Arrive();
            Assert.True(reading.IsCompletedSuccessfully);
            Take(reading);
        }
    }

    private static void Take(ValueTask<int> reading) => reading.GetAwaiter().GetResult();

    /// <summary>Gives one byte for each read, at once or when told, without allocating anything.</summary>
    private sealed class Trickle : Stream, IValueTaskSource<int>
    {
        private ManualResetValueTaskSourceCore<int> _arrival;
        private bool _isAwaited;

        public bool Waits { get; init; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Arrive()
        {
            if (_isAwaited)
            {
                _isAwaited = false;
                _arrival.SetResult(1);
            }
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!Waits)
            {
                return new ValueTask<int>(1);
            }

            _arrival.Reset();
            _isAwaited = true;
            return new ValueTask<int>(this, _arrival.Version);
        }

        public override int Read(byte[] buffer, int offset, int count) => 1;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        int IValueTaskSource<int>.GetResult(short token) => _arrival.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _arrival.GetStatus(token);

        void IValueTaskSource<int>.OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _arrival.OnCompleted(continuation, state, token, flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext);
    }

    private sealed class SilentObserver : IResponseObserver
    {
        public void OnBytes(ReadOnlySpan<byte> bytes)
        {
        }

        public ValueTask OnEndAsync(TransferEnd end, Exception? error) => ValueTask.CompletedTask;

        public void OnEnd(TransferEnd end, Exception? error)
        {
        }
    }
}
