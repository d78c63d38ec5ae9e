namespace MessagesSimulator.Wire;

/// <summary>An event of a stream.</summary>
/// <param name="Name">Its name, which is also its data's <c>type</c>.</param>
/// <param name="Data">Its data.</param>
/// <param name="OutputTokens">The output tokens generated up to and with it.</param>
/// <param name="ThinkingTokens">The part of them that is thinking.</param>
internal sealed record SseEvent(string Name, string Data, int OutputTokens, int ThinkingTokens)
{
    /// <summary>The event as bytes on the wire.</summary>
    public string Frame => $"event: {Name}\ndata: {Data}\n\n";
}
