namespace MessagesSimulator.Serving;

/// <summary>A request as it arrived, and what was sent back.</summary>
public sealed class RecordedRequest
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RecordedRequest()
    {
    }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query, as sent.</summary>
    public required string Target { get; init; }

    /// <summary>The headers, in order, one pair a value.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body, byte for byte.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When it arrived, on the server's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The id it got (header <c>request-id</c>).</summary>
    public required string RequestId { get; init; }

    /// <summary>The status that was answered; 0 when the connection was reset before.</summary>
    public int Status { get; internal set; }

    /// <summary>The message that answered it; null when none did.</summary>
    public string? MessageId { get; internal set; }

    /// <summary>The bytes of the response body that were written, as far as they got.</summary>
    public ReadOnlyMemory<byte> SentBody { get; internal set; }

    /// <summary>Completes when the server is done with the request.</summary>
    public Task Finished => _finished.Task;

    /// <summary>The first value of a header; null when it was not sent.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The value.</returns>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    internal void Finish() => _finished.TrySetResult();
}
