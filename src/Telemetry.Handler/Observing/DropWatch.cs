using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Observing;

/// <summary>
/// Notices a response that is dropped, neither read nor disposed of: only the garbage collector tells, and its record must not
/// be lost. Disposed of at every other end.
/// </summary>
internal sealed class DropWatch(AnswerObserver observer) : IDisposable
{
#pragma warning disable MA0055 // There is no other sign of a dropped response.
    ~DropWatch()
#pragma warning restore MA0055
    {
        ThreadPool.QueueUserWorkItem(static dropped => dropped.OnEnd(TransferEnd.Disposed, null), observer, preferLocal: false);
    }

    /// <inheritdoc/>
    public void Dispose() => GC.SuppressFinalize(this);
}
