namespace MessagesSimulator.Scripting;

/// <summary>Holds an answer back before it begins, without a clock: what it will write to the cache can be read by nobody until then.</summary>
public sealed class AnswerGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the request has read from the cache and waits.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets the answer begin.</summary>
    public void Open() => _opened.TrySetResult();

    internal Task PassAsync(CancellationToken cancellation)
    {
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(cancellation);
    }
}
