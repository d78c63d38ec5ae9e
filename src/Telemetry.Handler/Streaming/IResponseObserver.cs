namespace Telemetry.Handler.Streaming;

/// <summary>
/// Sees every byte that the caller gets. It should not throw; what it throws never reaches the caller and ends its observing
/// of bytes, not of the end.
/// </summary>
internal interface IResponseObserver
{
    /// <summary>Bytes that the caller is about to get. Called in passing, so it must be quick, and never after the end.</summary>
    /// <param name="bytes">The bytes; valid during the call only.</param>
    void OnBytes(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// The bytes of the last <see cref="OnBytes"/> are in the caller's buffer. No lock is held, so code of the caller's own can be
    /// called in here.
    /// </summary>
    void OnHandedOver()
    {
        // Most observers call nobody.
    }

    /// <summary>
    /// What the caller's next read is to throw, because the caller asked for it; null: nothing. The stream is closed as soon as
    /// it is set, and stays so.
    /// </summary>
    Exception? Stop => null;

    /// <summary>
    /// The caller asks for bytes and is held until there are some: nobody can tell whether it has to wait. Called in passing, like
    /// <see cref="OnBytes"/>. Where a read can say that it waits, <see cref="OnWait"/> is called alone.
    /// </summary>
    void OnRead()
    {
        // Most observers need only the bytes.
    }

    /// <summary>The caller has had all bytes that arrived, and waits for more. Called in passing, like <see cref="OnBytes"/>.</summary>
    void OnWait()
    {
        // Most observers need only the bytes.
    }

    /// <summary>Whether the rest is worth reading where the caller leaves before the end.</summary>
    bool WantsRest => false;

    /// <summary>The caller leaves before the end; the rest will come as <see cref="OnRest"/>, and the end after it.</summary>
    void OnLeave()
    {
        // Most observers want no rest.
    }

    /// <summary>Bytes that are read after the caller left; it does not get them.</summary>
    /// <param name="bytes">The bytes; valid during the call only.</param>
    void OnRest(ReadOnlySpan<byte> bytes)
    {
        // Most observers want no rest.
    }

    /// <summary>The end, exactly once (this or <see cref="OnEnd"/>); awaited before the last asynchronous read or disposal returns.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="error">What a failed or cancelled read threw; null otherwise.</param>
    ValueTask OnEndAsync(TransferEnd end, Exception? error);

    /// <summary>The end, exactly once (this or <see cref="OnEndAsync"/>), where the caller reads or disposes synchronously.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="error">What a failed or cancelled read threw; null otherwise.</param>
    void OnEnd(TransferEnd end, Exception? error);
}
