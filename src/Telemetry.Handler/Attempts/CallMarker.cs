namespace Telemetry.Handler.Attempts;

/// <summary>
/// Marks a request while one of our handlers observes it, so that a second one in the same chain lets it pass. The mark goes
/// when the response's headers are there: the message may be sent again.
/// </summary>
internal static class CallMarker
{
    private static readonly HttpRequestOptionsKey<bool> Key = new("costledger.observed");

    /// <summary>Sets the mark.</summary>
    /// <param name="request">The request.</param>
    /// <returns>False when it is set already: somebody else observes this call.</returns>
    public static bool TryEnter(HttpRequestMessage request)
    {
        if (request.Options.TryGetValue(Key, out var isObserved) && isObserved)
        {
            return false;
        }

        request.Options.Set(Key, true);
        return true;
    }

    /// <summary>Removes the mark.</summary>
    /// <param name="request">The request.</param>
    public static void Leave(HttpRequestMessage request) => request.Options.Set(Key, false);
}
