using Telemetry.Handler.Requests;

namespace Telemetry.Handler;

/// <summary>Labels the calls that are made within a scope, wherever in the code below they are made.</summary>
/// <example><code>using (CallContext.Begin("checkout", new Dictionary&lt;string, string&gt; { ["team"] = "shop" })) { … }</code></example>
public static class CallContext
{
    /// <summary>
    /// Begins a scope. It flows with the asynchronous context (<see cref="AsyncLocal{T}"/>); scopes nest, and an inner scope
    /// adds to and replaces what an outer one says. Labels on a request itself (<see cref="MessagesRequestOptions"/>) win.
    /// </summary>
    /// <param name="session">The session's name; null keeps the outer scope's.</param>
    /// <param name="tags">Tags, of which at most 32 are stored, keys up to 128 and values up to 1,024 characters.</param>
    /// <returns>The scope; dispose it where it was begun.</returns>
    public static IDisposable Begin(string? session = null, IReadOnlyDictionary<string, string>? tags = null) =>
        CallScope.Begin(session, tags);
}
